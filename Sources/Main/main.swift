import App

await Pantau.main()

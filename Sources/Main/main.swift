import App
print("pantau")

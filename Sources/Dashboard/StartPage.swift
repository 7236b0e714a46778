import Web

enum StartPage { static let path = "/start" }
extension Pages { func addStart(to routes: Routes) {} }

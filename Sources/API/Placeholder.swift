package enum APIPlaceholder {}

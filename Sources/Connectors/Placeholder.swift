package enum ConnectorsPlaceholder {}

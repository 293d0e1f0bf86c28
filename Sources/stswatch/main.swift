print("stswatch")

print("never")

if true than print("?") end

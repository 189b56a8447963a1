local hay = ("a"):rep(2000)
print(hay:find((".-"):rep(8) .. "b"))

-- What each run does while the token of all of them expires.
for _ = 1, 20 do
  b24.user.current {}
end

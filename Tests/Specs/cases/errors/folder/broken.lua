local function pour()
  return 1 + {}
end

pour()

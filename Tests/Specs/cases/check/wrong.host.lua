host {
  portals = { acme = { webhook = env "ACME_WEBHOOK" } },
  recipes = {
    "served/*",
    hello = { path = "served/hello", settings = { greting = "Hi", minutes = "soon" } },
    eager = { path = "eager.lua" },
  },
  limits  = { cpu = "1s" },
}

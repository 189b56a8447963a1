host {
  portals = { acme = { webhook = env "ACME_WEBHOOK" } },
  recipes = {
    "recipes/*",
    hello = { path = "recipes/hello", settings = { greting = "Hi", minutes = "soon" } },
    eager = { path = "eager.lua" },
  },
  limits  = { cpu = "1s" },
}

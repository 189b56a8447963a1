host {
  portals = { acme = { webhook = env "ACME_WEBHOOK" }, shop = { grant = "shop.bitrix24.com" } },
  recipes = {
    hello   = { path = "served/hello", portal = "acme", settings = { greeting = "Hello" } },
    nightly = { path = "served/nightly", portal = "shop" },
  },
  limits  = { cpu = "10s" },
}

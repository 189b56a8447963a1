host {
  lisen   = "127.0.0.1:8080",
  portals = { acme = { webhook = env "ACME_WEBHOOK" } },
  recipes = { hello = { path = "../served/hello", portal = "acne" } },
  console = { password = "short" },
}

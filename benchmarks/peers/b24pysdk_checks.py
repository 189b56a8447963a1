"""What b24pysdk can do, on a local portal. It insists on HTTPS, and on its authorization server's name.

    b24pysdk_checks.py HOST FOLDER     FOLDER is for the certificate
"""

import os
import socket
import sys
import urllib.parse

from checks import Checks, Portal, expect

HOST, FOLDER = sys.argv[1:]
CERTIFICATE = os.path.join(FOLDER, "b24pysdk.pem")
os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = CERTIFICATE
AUTHORIZATION = "oauth.bitrix24.tech"
NEW_NAME = "renamed.test"

from b24pysdk import BitrixApp, BitrixToken, BitrixWebhook, Client  # noqa: E402  it reads the environment
from b24pysdk.errors import BitrixAPIError  # noqa: E402

check = Checks("b24pysdk")
LEADS = 173


def resolve_names(portal):
    """The name that the SDK has written into it leads to the local authorization server, as a resolver would do it."""
    resolve = socket.getaddrinfo
    ports = {
        AUTHORIZATION: urllib.parse.urlsplit(portal.address["authorization"]).port,
        NEW_NAME: urllib.parse.urlsplit(portal.address["url"]).port,
    }

    def local(host, service, *rest, **more):
        if host in ports:
            host, service = "127.0.0.1", ports[host]
        return resolve(host, service, *rest, **more)

    socket.getaddrinfo = local


def with_webhook(portal):
    token = BitrixWebhook(domain=portal.domain, webhook_token="1/local0portal0secret")
    client = Client(token)

    def add():
        expect(client.crm.lead.add(fields={"TITLE": "Lead 0"}).result, 1)

    def batches_add():
        requests = [client.crm.lead.add(fields={"TITLE": f"Lead {n}"}) for n in range(1, LEADS)]
        expect(len(set(client.call_batches(requests).result.result)), LEADS - 1)

    def get():
        expect(client.crm.lead.get(bitrix_id=1).result["TITLE"], "Lead 0")

    def page():
        request = client.crm.lead.list(select=["ID"], filter={">ID": 10}, order={"ID": "DESC"})
        expect((len(request.result), request.response.total, request.response.next), (50, LEADS - 10, 50))
        expect(request.result[0]["ID"], str(LEADS))

    def as_list():
        leads = client.crm.lead.list().as_list().result
        expect(sorted(lead["TITLE"] for lead in leads), sorted(f"Lead {n}" for n in range(LEADS)))

    def as_list_fast(descending):
        leads = client.crm.lead.list(select=["ID"]).as_list_fast(descending=descending).result
        wanted = list(range(1, LEADS + 1))
        expect([int(lead["ID"]) for lead in leads], wanted[::-1] if descending else wanted)

    def call_list():
        expect(len(token.call_list("crm.lead.list", {"select": ["ID"]}, limit=100)["result"]), 100)

    def call_list_fast():
        leads = token.call_list_fast("crm.lead.list", {"select": ["ID"], "filter": {">=ID": 50}})["result"]
        expect(len(list(leads)), LEADS - 49)

    def batch():
        result = client.call_batch({"a": client.crm.lead.get(bitrix_id=1), "b": client.crm.lead.list()}).result
        expect((result.result["a"]["ID"], len(result.result["b"])), ("1", 50))
        expect((result.result_total["b"], result.result_next["b"]), (LEADS, 50))

    def batch_list_with_error():
        requests = [client.crm.lead.get(bitrix_id=n) for n in (1, 999_999, 2)]
        result = client.call_batch(requests).result
        expect(len(result.result), 2)
        expect(len(result.result_error), 1)

    def halted_batch():
        result = client.call_batch([client.crm.lead.get(bitrix_id=n) for n in (999_999, 1)], halt=True).result
        expect(len(result.result), 0)

    def write():
        expect(client.crm.lead.update(bitrix_id=1, fields={"TITLE": "New"}).result, True)
        expect(client.crm.lead.get(bitrix_id=1).result["TITLE"], "New")
        expect(client.crm.lead.delete(bitrix_id=2).result, True)
        try:
            client.crm.lead.get(bitrix_id=2).result
        except BitrixAPIError:
            return
        raise AssertionError("a deleted lead was found")

    def items():
        item = client.crm.item.add(fields={"title": "Deal"}, entity_type_id=2).result["item"]
        expect(client.crm.item.get(bitrix_id=item["id"], entity_type_id=2).result["item"]["title"], "Deal")
        expect(len(client.crm.item.list(entity_type_id=2).as_list().result), 1)

    def users():
        expect(client.user.get().result[0]["ID"], "1")
        expect(client.user.current().result["ID"], "1")
        expect(client.profile().value.bitrix_id, 1)
        expect(client.department.get().result[0]["NAME"], "Company")

    def tasks():
        task = client.tasks.task.add(fields={"TITLE": "Task", "RESPONSIBLE_ID": 1}).result["task"]["id"]
        expect(client.tasks.task.get(task_id=int(task)).result["task"]["title"], "Task")
        expect(len(client.tasks.task.list(select=["ID", "TITLE"]).as_list().result), 1)

    def v3():
        tasks = Client(token, prefer_version=3).tasks.task.list(select=["id", "title"]).result["items"]
        expect(tasks[0]["title"], "Task")

    def throttled():
        portal.control("faults", {"method": "server.time", "kind": "throttled", "count": 1})
        expect("T" in token.call_method("server.time")["result"], True)

    def application_only():
        try:
            token.call_method("app.info")
        except BitrixAPIError as error:
            return expect(error.status_code, 403)
        raise AssertionError("a webhook was let into app.info")

    check("add", add)
    check("call_batches: add 172", batches_add)
    check("get", get)
    check("one page with select, filter and order", page)
    check("as_list: all pages", as_list)
    check("as_list_fast, ascending", lambda: as_list_fast(False))
    check("as_list_fast, descending", lambda: as_list_fast(True))
    check("call_list with a limit", call_list)
    check("call_list_fast with a filter", call_list_fast)
    check("call_batch of a mapping, with total and next", batch)
    check("call_batch of a list with a failure in its middle", batch_list_with_error)
    check("call_batch that halts", halted_batch)
    check("update and delete", write)
    check("crm.item add, get and list", items)
    check("users, profile, departments", users)
    check("tasks: add, get and list", tasks)
    check("tasks over REST 3.0", v3)
    check("a refusal with 503, tried again", throttled)
    check("an application's method refused to a webhook", application_only)


def with_application(portal):
    app = BitrixApp(client_id="local.1", client_secret="s3cret")

    def fresh():
        renewed = app.get_oauth_token(code=portal.code()).oauth_token
        return BitrixToken(
            domain=portal.domain, auth_token=renewed.access_token, refresh_token=renewed.refresh_token, bitrix_app=app
        )

    def exchange():
        expect(Client(fresh()).user.current().result["ID"], "1")

    def refresh():
        token = fresh()
        before = token.refresh_token
        portal.control("tokens/expire", {"kind": "access"})
        expect(Client(token).user.current().result["ID"], "1")
        expect(token.refresh_token == before, False)

    def refresh_in_list():
        token = fresh()
        portal.control("faults", {"method": "crm.contact.add", "kind": "expireTokens", "skip": 30, "count": 1})
        for n in range(60):
            token.call_method("crm.contact.add", {"fields": {"NAME": f"Contact {n}"}})
        expect(len(token.call_list("crm.contact.list", {"select": ["ID"]})["result"]), 60)

    def spent():
        token = fresh()
        old = token.refresh_token
        token.refresh_and_set_oauth_token()
        try:
            app.refresh_oauth_token(refresh_token=old)
        except BitrixAPIError as error:
            return expect("invalid_grant" in str(error.json_response), True)
        raise AssertionError("a spent refresh token worked")

    def application_info():
        result = fresh().get_app_info().result
        expect((result.client_id, result.user_id, result.install.installed), ("local.1", 1, True))
        expect(result.install.domain, portal.domain)

    def scope():
        try:
            fresh().call_method("tasks.task.list")
        except BitrixAPIError as error:
            return expect("insufficient_scope" in str(error.json_response), True)
        raise AssertionError("a token was let beyond its scopes")

    def renamed():
        token = fresh()
        # It takes the new name without the port, as cloud portals have none.
        portal.control("rename", {"to": NEW_NAME + ":443"})
        expect(Client(token).user.current().result["ID"], "1")
        expect(token.domain, NEW_NAME)

    check("OAuth: code to tokens", exchange)
    check("OAuth: refresh of an expired token by itself", refresh)
    check("OAuth: a token that expires amid 60 writes", refresh_in_list)
    check("OAuth: a spent refresh token is refused", spent)
    check("OAuth: app.info", application_info)
    check("OAuth: beyond the scopes", scope)
    check("a renamed portal is followed", renamed)


with Portal(
    HOST, "--drain", "off", "--https", "--certificate", CERTIFICATE, "--name", AUTHORIZATION, "--name", NEW_NAME,
    "--app", "local.1:s3cret:crm,user:https://app.example/back",
) as portal:
    resolve_names(portal)
    with_webhook(portal)
    with_application(portal)
check.finish()

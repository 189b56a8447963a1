"""What fast_bitrix24 can do, on a local portal.

    fast_bitrix24_checks.py HOST FOLDER     FOLDER is for the certificate
"""

import asyncio
import os
import sys
import warnings

from checks import Checks, Portal, expect

HOST, FOLDER = sys.argv[1:]
CERTIFICATE = os.path.join(FOLDER, "fast_bitrix24.pem")
os.environ["SSL_CERT_FILE"] = CERTIFICATE
SECURE = Portal(
    HOST, "--https", "--certificate", CERTIFICATE, "--app", "local.1:s3cret:crm,user:https://app.example/back"
).start()

from fast_bitrix24 import Bitrix, BitrixAsync  # noqa: E402  aiohttp reads the certificate when it is imported

warnings.simplefilter("ignore")
LEADS = 173
check = Checks("fast_bitrix24")


def table(portal):
    bitrix = Bitrix(portal.webhook, verbose=False)

    def add_many():
        leads = [{"fields": {"TITLE": f"Lead {n}", "STATUS_ID": "NEW"}} for n in range(LEADS)]
        added = bitrix.call("crm.lead.add", leads)
        expect(len(set(added)), LEADS)

    def get_all():
        leads = bitrix.get_all("crm.lead.list")
        expect(sorted(lead["TITLE"] for lead in leads), sorted(f"Lead {n}" for n in range(LEADS)))

    def get_all_filtered():
        leads = bitrix.get_all("crm.lead.list", {"select": ["ID"], "filter": {">ID": 100, "<=ID": 160}})
        expect(sorted(int(lead["ID"]) for lead in leads), list(range(101, 161)))

    def get_by_id():
        leads = bitrix.get_by_ID("crm.lead.get", range(1, 71))
        expect({int(key): int(lead["ID"]) for key, lead in leads.items()}, {n: n for n in range(1, 71)})

    def list_and_get():
        leads = bitrix.list_and_get("crm.lead")
        expect(len(leads), LEADS)

    def update_many():
        updates = [{"ID": n, "fields": {"TITLE": f"New {n}"}} for n in range(1, 61)]
        expect(set(bitrix.call("crm.lead.update", updates)), {True})
        # `call` of one item answers {"order0000000000": …} when the result is an object; raw does not.
        expect(bitrix.call("crm.lead.get", {"ID": 60}, raw=True)["result"]["TITLE"], "New 60")

    def delete_many():
        expect(set(bitrix.call("crm.lead.delete", [{"ID": n} for n in range(1, 56)])), {True})
        expect(len(bitrix.get_all("crm.lead.list", {"select": ["ID"]})), LEADS - 55)

    def raw_call():
        reply = bitrix.call("crm.lead.list", {"filter": {"ID": 60}}, raw=True)
        expect((reply["total"], reply["result"][0]["TITLE"]), (1, "New 60"))

    def batch():
        results = bitrix.call_batch(
            {"halt": 0, "cmd": {"one": "crm.lead.get?id=60", "same": "crm.lead.get?id=$result[one][ID]"}}
        )
        expect(results["same"]["TITLE"], "New 60")

    def multifields():
        fields = {"NAME": "Ada", "PHONE": [{"VALUE": "+15550100", "VALUE_TYPE": "WORK"}]}
        contact = bitrix.call("crm.contact.add", {"fields": fields})
        found = bitrix.get_all("crm.contact.list", {"select": ["ID", "PHONE"], "filter": {"PHONE": "+15550100"}})
        expect([(int(row["ID"]), row["PHONE"][0]["VALUE"]) for row in found], [(contact, "+15550100")])

    def items():
        item = bitrix.call("crm.item.add", {"entityTypeId": 2, "fields": {"title": "Deal"}})
        expect(item["title"], "Deal")
        expect(len(bitrix.get_all("crm.item.list", {"entityTypeId": 2})), 1)

    def users():
        expect([user["ID"] for user in bitrix.get_all("user.get")], ["1"])
        expect(bitrix.get_all("department.get")[0]["NAME"], "Company")

    def tasks():
        tasks = [{"fields": {"TITLE": f"Task {n}", "RESPONSIBLE_ID": 1}} for n in range(60)]
        expect(len(bitrix.call("tasks.task.add", tasks)), 60)
        expect(len(bitrix.get_all("tasks.task.list", {"select": ["ID", "TITLE"]})), 60)

    def refused():
        try:
            bitrix.call("crm.lead.get", {"ID": 999_999})
        except Exception:
            return
        raise AssertionError("a lead that is not there was found")

    check("call of a list: add 173 leads in batches", add_many)
    check("get_all: all pages", get_all)
    check("get_all with select and filter", get_all_filtered)
    check("get_by_ID of 70", get_by_id)
    check("list_and_get", list_and_get)
    check("call of a list: update 60", update_many)
    check("call of a list: delete 55", delete_many)
    check("call raw", raw_call)
    check("call_batch with a reference", batch)
    check("contacts with phones, found by them", multifields)
    check("crm.item.add and list", items)
    check("users and departments", users)
    check("tasks: add 60 and list", tasks)
    check("a missing record raises", refused)


def throttled(portal):
    def many_requests():
        bitrix = Bitrix(portal.webhook, verbose=False, requests_per_second=2.0)
        replies = [bitrix.call("server.time", raw=True) for _ in range(55)]
        expect(len(replies), 55)

    def lost_answers():
        portal.control("faults", {"method": "crm.lead.list", "kind": "errorBefore", "status": 503, "count": 2})
        expect(Bitrix(portal.webhook, verbose=False).get_all("crm.lead.list"), [])

    check("55 requests at the standard plan's pace", many_requests)
    check("two refusals with 503, tried again", lost_answers)


def secure(portal):
    def https():
        expect(Bitrix(portal.webhook, verbose=False).get_all("user.get")[0]["ID"], "1")

    def token():
        """Its token_func brings the token; the refresh is its user's."""
        given = []

        async def token_func():
            query = {
                "grant_type": "authorization_code", "client_id": "local.1", "client_secret": "s3cret",
                "code": portal.code(),
            }
            given.append(portal.tokens(query)["access_token"])
            return given[-1]

        async def run():
            bitrix = BitrixAsync(portal.address["url"] + "rest/", token_func=token_func, verbose=False)
            expect((await bitrix.get_all("user.get"))[0]["ID"], "1")
            portal.control("tokens/expire", {"kind": "access"})
            expect((await bitrix.get_all("user.get"))[0]["ID"], "1")

        asyncio.run(run())
        expect(len(given), 2)

    check("https", https)
    check("OAuth: token_func, and again after the token expired", token)


with Portal(HOST, "--drain", "off") as portal:
    table(portal)
with Portal(HOST) as portal:
    throttled(portal)
with SECURE:
    secure(SECURE)
check.finish()

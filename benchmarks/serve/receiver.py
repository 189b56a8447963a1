"""A receiver as one writes it with Flask: each event is in SQLite, durably, before it is answered.

A connection for each process, its threads in turn: with one for each thread they would wait for each other's locks in
SQLite's sleeps.
"""

import hmac
import os
import sqlite3
import threading

from flask import Flask, request

application = Flask(__name__)
database = sqlite3.connect(
    os.environ["RECEIVER_DATABASE"], timeout=30, isolation_level=None, check_same_thread=False)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("CREATE TABLE IF NOT EXISTS event(id INTEGER PRIMARY KEY, name TEXT, record TEXT, body BLOB)")
turn = threading.Lock()


@application.post("/bitrix/acme")
def event():
    body = request.get_data(cache=True)
    form = request.form
    if not hmac.compare_digest(form.get("auth[application_token]", ""), "c5" * 16):
        return "", 403
    with turn:
        database.execute(
            "INSERT INTO event(name, record, body) VALUES (?, ?, ?)",
            (form["event"], form["data[FIELDS][ID]"], body))
    return "", 200

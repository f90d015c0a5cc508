"""A shop's items over HTTP: GET /items lists them, POST /items adds one, GET /host says which instance answers."""

import os
import socket

import psycopg2
from flask import Flask, jsonify, request

app = Flask(__name__)


def ask(statement, *values):
    connection = psycopg2.connect(os.environ["DATABASE"])
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]
    finally:
        connection.close()


@app.get("/health")
def health():
    ask("SELECT 1 FROM items LIMIT 1")
    return "ok\n"


@app.get("/host")
def host():
    return socket.gethostname()


@app.get("/items")
def items():
    return jsonify(ask("SELECT name FROM items ORDER BY id"))


@app.post("/items")
def add():
    return jsonify(ask("INSERT INTO items (name) VALUES (%s) RETURNING name", request.json["name"]))

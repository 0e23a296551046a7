"""A mail server for tests: says its port, keeps each letter as a file, and fails as the address asks.

later@…   refused for now (451)
never@…   refused for good (550)
breaks@…  the letter is kept, and the line breaks before the server says so
"""

import asyncio
import itertools
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

FOLDER = Path(sys.argv[1])
NUMBERS = itertools.count(1)


class Keeper:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later@"):
            return "451 come again later"
        if address.startswith("never@"):
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = FOLDER / f"{next(NUMBERS):03}.part"
        head = f"X-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        name.write_bytes(head + envelope.content)
        name.rename(name.with_suffix(".eml"))
        if envelope.rcpt_tos[0].startswith("breaks@"):
            server.transport.abort()
            await asyncio.sleep(3600)
        return "250 kept"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keeper(), hostname="localhost"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())

"""Sums 0 to 99 in parts, one on each worker of a Dask cluster.

  sum.py SCHEDULER WORKERS      waits for so many workers; fails when the parts did not come from as many hosts
"""

import socket
import sys

from distributed import Client


def part(first, step):
    return socket.gethostname(), sum(range(first, 100, step))


def main():
    scheduler, number = sys.argv[1], int(sys.argv[2])
    with Client(scheduler, timeout=60) as client:
        client.wait_for_workers(number, timeout=120)
        workers = sorted(client.scheduler_info()["workers"])[:number]
        parts = client.gather([client.submit(part, at, number, workers=[worker], pure=False)
                               for at, worker in enumerate(workers)])
    hosts = sorted({host for host, _ in parts})
    print(f"the sum is {sum(value for _, value in parts)}, computed on {', '.join(hosts)}", flush=True)
    return 0 if len(hosts) == number else 1


if __name__ == "__main__":
    sys.exit(main())

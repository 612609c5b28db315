"""Asks three machines as a fleet is asked, and holds what is said against what is known: the first one leaks.

    fleet.py DIRECTORY RULES NAME=ADDRESS…

Prometheus and Alertmanager run on loopback until the alert has fired and kmemcheck fleet has answered.
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

directory, rules = pathlib.Path(sys.argv[1]), sys.argv[2]
machines = dict(place.split("=") for place in sys.argv[3:])
LEAKY, MODULE, CACHE = "first", "kmemlab_kmalloc", "kmalloc-2k"
# 64 objects of 2,048 bytes twice a second; the guest's own work and emulation make it a little slower.
PACE = 2 * 64 * 2048
started, servers = time.monotonic(), []


def say(text):
    print(f"{time.monotonic() - started:5.0f} s  {text}", flush=True)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(url, query=None):
    if query is not None:
        url += "?" + urllib.parse.urlencode({"query": query})
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def start(name, *arguments):
    log = (directory / f"{name}.log").open("w")
    servers.append(subprocess.Popen([name, *arguments], stdout=log, stderr=log, cwd=directory))


def wait_for(what, seconds, asked):
    """The first answer that isn't empty; the lab fails if there is none in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := asked():
                say(what)
                return answer
        except OSError:
            pass
        time.sleep(2)
    fail(f"{what}: not within {seconds} s")


def fail(text):
    say(f"FAIL  {text}")
    sys.exit(1)


def check(holds, text):
    if not holds:
        fail(text)


def serve():
    here, manager = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    (directory / "alertmanager.yml").write_text("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
    targets = [{"targets": [address], "labels": {"instance": name}} for name, address in machines.items()]
    (directory / "prometheus.yml").write_text(json.dumps({
        "global": {"scrape_interval": "15s", "scrape_timeout": "14s", "evaluation_interval": "15s"},
        "rule_files": [rules],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [manager]}]}]},
        "scrape_configs": [{"job_name": "kmemcheck", "static_configs": targets}],
    }))
    start("prometheus-alertmanager", "--config.file=alertmanager.yml", "--storage.path=alerts",
          f"--web.listen-address={manager}", "--cluster.listen-address=")
    start("prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data", f"--web.listen-address={here}")
    return f"http://{here}", f"http://{manager}"


def values(prometheus, query):
    return ask(f"{prometheus}/api/v1/query", query)["data"]["result"]


def firing(prometheus):
    return {(alert["metric"]["instance"], alert["metric"]["alertname"])
            for alert in values(prometheus, 'ALERTS{alertstate="firing"}')}


def fleet(prometheus, *options):
    command = [os.environ["KMEMCHECK"], "fleet", "--prometheus", prometheus, "--last", "1h", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def undecided(prometheus):
    """Of how many machines too little is known yet: the server has a sample a minute."""
    answer = fleet(prometheus, "--json")
    return json.loads(answer.stdout)["verdict"]["undecided"] if answer.stdout else len(machines)


def judge(prometheus):
    text, answer = fleet(prometheus), fleet(prometheus, "--json")
    print(text.stdout + text.stderr, flush=True)
    check(answer.returncode == 1, f"kmemcheck fleet ended with {answer.returncode}: {answer.stderr}")
    report = json.loads(answer.stdout)
    check([one["name"] for one in report["leaking"]] == [LEAKY], "it names others than the machine that leaks")
    culprit = report["leaking"][0]["culprit"]
    named = {culprit["id"], culprit["module"], culprit["function"]}
    check(any(name and (CACHE in name or MODULE in name) for name in named), f"the culprit is {named}")
    check(abs(culprit["perSecond"] / PACE - 1) <= 0.15, f"{culprit['perSecond']:.0f} bytes a second, not {PACE}")
    alone = {trait["name"] for trait in report["shared"]
             if trait["leakingWith"] == trait["leaking"] and trait["othersWith"] == 0}
    check(MODULE in alone, f"what it alone has: {alone}")
    check(MODULE in report["verdict"]["sentence"], f"the verdict: {report['verdict']['sentence']}")


def main():
    prometheus, manager = serve()
    wait_for("all three machines are asked", 240, lambda: len(values(prometheus, "kmemcheck_host_info")) == 3)
    wait_for("the leak is seen where it is", 600, lambda: values(
        prometheus, f'kmemcheck_verdict{{verdict="kernel",instance="{LEAKY}"}} == 1'))
    wait_for("its alert fires", 600, lambda: (LEAKY, "KmemcheckKernelMemoryGrows") in firing(prometheus))
    wait_for("Alertmanager has it", 60, lambda: [
        alert for alert in ask(f"{manager}/api/v2/alerts") if alert["labels"]["instance"] == LEAKY])
    for alert in sorted(firing(prometheus)):
        say(" ".join(alert))
    check({machine for machine, _ in firing(prometheus)} == {LEAKY}, "another machine has an alert")
    wait_for("something is known of all machines", 900, lambda: undecided(prometheus) == 0)
    judge(prometheus)
    say("pass  fleet")


try:
    main()
finally:
    for server in servers:
        server.terminate()

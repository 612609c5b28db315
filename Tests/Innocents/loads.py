"""Loads that give back all that they take of the kernel's memory: a name, and what it does once in a folder of its own."""
import ctypes
import os
import pathlib
import select
import shutil
import socket
import subprocess
import sys
import threading

PAGE = bytes(4096)
LIBRARY = ctypes.CDLL(None, use_errno=True)
LOADS = {}


class Absent(Exception):
    """What this machine lacks for a load."""


def load(function):
    LOADS[function.__name__] = function
    return function


def ran(*words, **options):
    """A command whose output nobody wants. What is missing here is said once, at the start."""
    if not shutil.which(words[0]):
        raise Absent(f"no {words[0]} here")
    return subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


@load
def forks(place):
    for _ in range(50):
        ran("true")


@load
def threads(place):
    some = [threading.Thread(target=os.getpid) for _ in range(50)]
    for one in some:
        one.start()
    for one in some:
        one.join()


@load
def find(place):
    ran("timeout", "5", "find", "/usr", "/proc", "/sys", "-xdev", "-maxdepth", "6")


@load
def tar(place):
    ran("sh", "-c", "timeout 5 tar -c /usr/share | cat")


@load
def compile(place):
    source = pathlib.Path(place) / "made.c"
    source.write_text("".join(f"int f{i}(int a) {{ return a * {i} ^ (a >> {i % 31}); }}\n" for i in range(300)))
    for _ in range(3):
        ran("cc", "-O2", "-c", "-o", f"{place}/made.o", source)


@load
def ext4(place):
    """A file system in a file: made, filled, emptied and put away, since the machine's own may be another."""
    disk, folder = f"{place}/disk", f"{place}/mounted"
    if not os.path.exists(disk):
        with open(disk, "wb") as file:
            file.truncate(64 << 20)
        if ran("mkfs.ext4", "-q", "-F", disk).returncode:
            raise Absent("no ext4 in a file here")
    os.makedirs(folder, exist_ok=True)
    if ran("mount", "-o", "loop", disk, folder).returncode:
        raise Absent("no loop devices here")
    try:
        files(folder)
    finally:
        ran("umount", folder)


@load
def files(place):
    for number in range(200):
        pathlib.Path(place, f"file{number}").write_bytes(PAGE)
    for number in range(200):
        os.unlink(f"{place}/file{number}")


@load
def tmpfs(place):
    folder = f"{place}/shared"
    os.makedirs(folder, exist_ok=True)
    if ran("mount", "-t", "tmpfs", "tmpfs", folder).returncode:
        raise Absent("no tmpfs here")
    try:
        files(folder)
    finally:
        ran("umount", folder)


@load
def pagecache(place):
    """A file that is written, read, and dropped of the cache with its end."""
    path = f"{place}/large"
    with open(path, "wb") as file:
        for _ in range(4096):
            file.write(PAGE)
    with open(path, "rb") as file:
        while file.read(1 << 20):
            pass
    os.unlink(path)


@load
def network(place):
    """Connections over the loopback, with data both ways: TCP by IPv4, datagrams, and sockets of a path."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        for _ in range(20):
            with socket.create_connection(server.getsockname()) as one, server.accept()[0] as other:
                one.sendall(PAGE * 4)
                other.recv(1 << 16)
                other.sendall(PAGE)
                one.recv(1 << 16)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        for _ in range(100):
            one.sendto(PAGE[:512], ("127.0.0.1", 9))


@load
def descriptors(place):
    """Timers, events, epoll and socket pairs: opened, used, closed. Timers are freed without an event (kfree_rcu())."""
    for _ in range(200):
        event, poll = os.eventfd(0), select.epoll()
        one, other = socket.socketpair()
        poll.register(event)
        poll.register(one)
        other.sendall(b"text")
        os.eventfd_write(event, 1)
        poll.poll(0)
        for thing in (poll, one, other):
            thing.close()
        os.close(event)
        # Python has no timers before 3.13; 1 is CLOCK_MONOTONIC.
        os.close(LIBRARY.timerfd_create(1, 0))


@load
def pipes(place):
    for _ in range(200):
        reading, writing = os.pipe()
        os.write(writing, PAGE)
        os.close(reading)
        os.close(writing)


@load
def modules(place):
    if ran("modprobe", "zram", "num_devices=1").returncode:
        raise Absent("no modules to load here")
    ran("rmmod", "zram")


@load
def cgroups(place):
    groups = [path for path in ("/sys/fs/cgroup/memory", "/sys/fs/cgroup") if os.access(f"{path}/cgroup.procs", os.W_OK)]
    if not groups:
        raise Absent("no groups to be made here")
    for number in range(10):
        group = f"{groups[0]}/innocent{os.getpid()}-{number}"
        os.mkdir(group)
        ran("sh", "-c", f"echo $$ >{group}/cgroup.procs; true")
        os.rmdir(group)


@load
def containers(place):
    """What starting and stopping a container asks of the kernel: new namespaces, a /proc, a process in them."""
    for _ in range(5):
        if ran("unshare", "-mpunif", "--mount-proc", "true").returncode:
            raise Absent("no namespaces here")


if __name__ == "__main__":
    LOADS[sys.argv[1]](sys.argv[2])

"""`check` on a terminal behaves as a job of its shell does."""
import os
import pty
import select
import signal
import subprocess
import time

from fault import PROGRAM, expect, fault, folder


class Terminal:
    """An interactive shell on a terminal of its own."""

    def __init__(self):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ.update(PS1="ready> ", TERM="dumb", HISTFILE="/dev/null")
            os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
        self.text = ""
        self.until("ready> ")

    def type(self, text):
        os.write(self.file, text.encode())

    def until(self, words, seconds=60):
        """What came up to these words; they're awaited only in what is new."""
        end = time.monotonic() + seconds
        while words not in self.text:
            expect(time.monotonic() < end, f"no {words!r} within {seconds} s, but: {self.text[-300:]!r}")
            if select.select([self.file], [], [], 0.2)[0]:
                try:
                    self.text += os.read(self.file, 4096).decode(errors="replace")
                except OSError:
                    expect(False, f"the shell ended: {self.text[-300:]!r}")
        seen, self.text = self.text.split(words, 1)
        return seen

    def until_sleeping(self):
        """Until the command sleeps: one that is stopped between vfork and exec stops its parent for good,
        with and without kmemcheck."""
        self.until("begun")
        time.sleep(0.5)

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.file)
        os.waitpid(self.pid, 0)


def terminal(use):
    shell = Terminal()
    try:
        use(shell)
    finally:
        shell.close()


CHECK = f"{PROGRAM} check --no-kmemleak -- "


def stopped(then, ends):
    """Ctrl-Z stops both; after that command the last words of the command come."""
    def use(shell):
        shell.type(CHECK + "sh -c 'echo be''gun; sleep 2; echo do''ne'\n")
        shell.until_sleeping()
        shell.type("\x1a")
        shell.until("Stopped")
        shell.until("ready> ")
        shell.type(then + "\n")
        shell.until("done")
        shell.type(ends)
        shell.until("waited")
    terminal(use)


@fault("Ctrl-Z stops check and its command; fg goes on with both", quick=1, full=20)
def stop_and_go_on(_):
    stopped("fg", "echo wai''ted\n")


@fault("bg goes on with check and its command in the background", quick=1, full=20)
def stop_and_background(_):
    stopped("bg", "wait; echo wai''ted\n")


@fault("Ctrl-C ends the command and check, and the terminal is the shell's again", quick=1, full=20)
def interrupt(_):
    def use(shell):
        shell.type(CHECK + "sh -c 'echo be''gun; sleep 100'\n")
        shell.until_sleeping()
        shell.type("\x03")
        shell.until("ready> ")
        shell.type("echo status=$?\n")
        shell.until("status=130")
    terminal(use)


@fault("a command that is killed while it has the terminal gives it back", quick=1, full=20)
def killed_shell(_):
    def use(shell):
        shell.type(CHECK + "bash --norc -ic 'echo be''gun $$; kill -9 $$'\n")
        shell.until("begun")
        shell.until("ready> ")
        shell.type("echo ali''ve\n")
        shell.until("alive")
    terminal(use)


def started(*words):
    """kmemcheck check in the background, once its command runs."""
    process = subprocess.Popen(
        [PROGRAM, "check", "--no-kmemleak", "--", *words], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    line = process.stdout.readline().decode().strip()
    return process, int(line)


@fault("a stopped command keeps no signal from ending check", quick=2, full=50)
def stopped_child(number):
    process, child = started("sh", "-c", "echo $$; exec sleep 100")
    try:
        os.kill(child, signal.SIGSTOP)
        time.sleep(0.3)
        os.kill(process.pid, [signal.SIGTERM, signal.SIGINT][number % 2])
        begun = time.monotonic()
        process.communicate(timeout=30)
        expect(time.monotonic() - begun < 20, "it took longer than 20 s")
    finally:
        for pid in (child, process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


# Each goes on for a second or two.
LONG = ["check --no-kmemleak -- sleep 1.5", "watch --for 2s --interval 500ms",
        "watch --record --fresh --for 2s --interval 500ms --history H"]


@fault("signals that were ignored stay ignored", quick=1, full=20)
def ignored(_):
    for words in LONG:
        with folder() as place:
            script = f'trap "" INT HUP; "$0" {words} >/dev/null 2>&1 & p=$!; sleep 0.7; ' \
                     'kill -INT $p; kill -HUP $p; wait $p; echo $?'
            result = subprocess.run(["sh", "-c", script, PROGRAM], capture_output=True, timeout=60, cwd=place)
            expect(result.stdout.strip() in (b"0", b"1", b"2"), f"{words}: it ended with {result.stdout!r}")

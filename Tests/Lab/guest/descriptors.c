// Opens descriptors of kinds that have memory of their own in the kernel, uses them, and closes them.
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int events(void) {
    sigset_t mask;
    uint64_t one = 1;
    struct itimerspec soon = {.it_value = {.tv_sec = 1}};
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    int signals = signalfd(-1, &mask, 0);
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    int event = eventfd(0, 0);
    if (signals < 0 || timer < 0 || event < 0) return 1;
    if (timerfd_settime(timer, 0, &soon, NULL) || write(event, &one, sizeof one) < 0) return 1;
    return close(signals) || close(timer) || close(event);
}

static int sockets(void) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return 1;
    if (write(pair[0], "text", 4) != 4) return 1;
    return close(pair[0]) || close(pair[1]);
}

// A connection over loopback: what is closed first waits for a minute (TIME_WAIT).
static int connection(void) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || client < 0) return 1;
    if (bind(listener, (void *)&place, size) || listen(listener, 1)) return 1;
    if (getsockname(listener, (void *)&place, &size)) return 1;
    if (connect(client, (void *)&place, size)) return 1;
    int server = accept(listener, NULL, NULL);
    return server < 0 || close(client) || close(server) || close(listener);
}

static int (*kind(const char *name))(void) {
    if (!strcmp(name, "sockets")) return sockets;
    return strcmp(name, "connections") ? events : connection;
}

int main(int count, char **words) {
    int (*open_some)(void) = kind(count > 1 ? words[1] : "events");
    for (int round = 0; round < 20; round++)
        if (open_some()) return 1;
    return 0;
}

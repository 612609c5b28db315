// Opens descriptors of kinds that have memory of their own in the kernel, uses them, and closes them.
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

int main(int count, char **words) {
    int (*open_some)(void) = count > 1 && !strcmp(words[1], "sockets") ? sockets : events;
    for (int round = 0; round < 20; round++)
        if (open_some()) return 1;
    return 0;
}

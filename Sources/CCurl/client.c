#include "curl_client.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The numbers of curl/curl.h, which are part of its binary interface and never change. */
enum {
    CURLOPT_WRITEDATA = 10001,
    CURLOPT_URL = 10002,
    CURLOPT_ERRORBUFFER = 10010,
    CURLOPT_WRITEFUNCTION = 20011,
    CURLOPT_POSTFIELDS = 10015,
    CURLOPT_USERAGENT = 10018,
    CURLOPT_HTTPHEADER = 10023,
    CURLOPT_CAINFO = 10065,
    CURLOPT_NOSIGNAL = 99,
    CURLOPT_ACCEPT_ENCODING = 10102,
    CURLOPT_TIMEOUT_MS = 155,
    CURLOPT_CONNECTTIMEOUT_MS = 156,
    CURLOPT_PROTOCOLS = 181,
    CURLINFO_RESPONSE_CODE = 0x200002,
    CURLPROTO_HTTP_AND_HTTPS = 3,
    CURL_GLOBAL_DEFAULT = 3,
    CURLE_OPERATION_TIMEDOUT = 28,
    CURLE_PEER_FAILED_VERIFICATION = 60,
};

struct library {
    int (*curl_global_init)(long);
    void *(*curl_easy_init)(void);
    int (*curl_easy_setopt)(void *, int, ...);
    int (*curl_easy_perform)(void *);
    int (*curl_easy_getinfo)(void *, int, ...);
    void (*curl_easy_cleanup)(void *);
    const char *(*curl_easy_strerror)(int);
    void *(*curl_slist_append)(void *, const char *);
    void (*curl_slist_free_all)(void *);
};

static bool find(void *handle, struct library *functions)
{
#define FIND(name)                                                                                 \
    do {                                                                                           \
        *(void **)&functions->name = dlsym(handle, #name);                                         \
        if (!functions->name)                                                                      \
            return false;                                                                          \
    } while (0)
    FIND(curl_global_init);
    FIND(curl_easy_init);
    FIND(curl_easy_setopt);
    FIND(curl_easy_perform);
    FIND(curl_easy_getinfo);
    FIND(curl_easy_cleanup);
    FIND(curl_easy_strerror);
    FIND(curl_slist_append);
    FIND(curl_slist_free_all);
    return true;
#undef FIND
}

static const struct library *curl(void)
{
    static struct library functions;
    static int state; /* 0 not tried, 1 there, -1 not there */
    if (!state) {
        void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
        if (handle && find(handle, &functions) && !functions.curl_global_init(CURL_GLOBAL_DEFAULT))
            state = 1;
    }
    if (!state)
        state = -1;
    return state > 0 ? &functions : NULL;
}

bool curl_client_exists(void) { return curl() != NULL; }

struct sink {
    struct curl_reply *reply;
    size_t room, limit;
};

/* Returns less than it was given to have curl stop. */
static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct sink *sink = context;
    struct curl_reply *reply = sink->reply;
    size_t more = size * count;
    if (more > sink->limit - reply->length) {
        reply->is_too_long = true;
        return 0;
    }
    if (reply->length + more > sink->room) {
        size_t room = sink->room ? sink->room * 2 : 65536;
        while (room < reply->length + more)
            room *= 2;
        char *body = realloc(reply->body, room);
        if (!body)
            return 0;
        reply->body = body;
        sink->room = room;
    }
    memcpy(reply->body + reply->length, bytes, more);
    reply->length += more;
    return more;
}

bool curl_client_ask(const struct curl_question *question, struct curl_reply *reply)
{
    memset(reply, 0, sizeof *reply);
    const struct library *library = curl();
    void *handle = library ? library->curl_easy_init() : NULL;
    if (!handle) {
        snprintf(reply->error, sizeof reply->error, "libcurl can't be used");
        return false;
    }
    struct sink sink = { reply, 0, question->limit };
    void *headers = NULL;
    for (const char *const *line = question->headers; line && *line; line++)
        headers = library->curl_slist_append(headers, *line);
#define SET(option, value) library->curl_easy_setopt(handle, CURLOPT_##option, value)
    SET(URL, question->url);
    SET(PROTOCOLS, (long)CURLPROTO_HTTP_AND_HTTPS);
    SET(NOSIGNAL, 1L);
    SET(TIMEOUT_MS, question->milliseconds);
    SET(CONNECTTIMEOUT_MS, question->milliseconds < 10000 ? question->milliseconds : 10000L);
    SET(USERAGENT, "kmemcheck");
    SET(ACCEPT_ENCODING, "");
    SET(ERRORBUFFER, reply->error);
    SET(WRITEFUNCTION, take);
    SET(WRITEDATA, &sink);
    if (question->form)
        SET(POSTFIELDS, question->form);
    if (headers)
        SET(HTTPHEADER, headers);
    if (question->authorities)
        SET(CAINFO, question->authorities);
#undef SET
    int result = library->curl_easy_perform(handle);
    library->curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply->status);
    reply->is_late = result == CURLE_OPERATION_TIMEDOUT;
    reply->is_untrusted = result == CURLE_PEER_FAILED_VERIFICATION;
    if (result && !*reply->error)
        snprintf(reply->error, sizeof reply->error, "%s", library->curl_easy_strerror(result));
    if (!result)
        *reply->error = 0;
    library->curl_slist_free_all(headers);
    library->curl_easy_cleanup(handle);
    return !result;
}

/* The part of libcurl that questions to Prometheus need.
 *
 * The library is opened when the first question is asked: whoever asks none needs it as little as
 * its thirty libraries, and no headers are needed to build. */
#ifndef CURL_CLIENT_H
#define CURL_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

/* What a question is asked with; a member is NULL where it isn't needed. */
struct curl_question {
    const char *url;
    const char *form;           /* the body of a POST, as application/x-www-form-urlencoded */
    const char *const *headers; /* lines, and NULL behind the last one */
    const char *authorities;    /* a file of certificates */
    long milliseconds;          /* for all of it */
    size_t limit;               /* the most bytes of the answer */
};

/* What came back; `body` is the caller's to free. */
struct curl_reply {
    long status; /* of HTTP; 0 without an answer */
    char *body;
    size_t length;
    bool is_too_long;
    bool is_late;      /* not within the time that it was given */
    bool is_untrusted; /* the server's certificate is of nobody who is trusted */
    char error[256]; /* why there is no answer; empty where there is one */
};

/* Whether libcurl is there. */
bool curl_client_exists(void);

/* Asks, and waits for the answer; false where there is none. */
bool curl_client_ask(const struct curl_question *question, struct curl_reply *reply);

#endif

#include "tracer.h"

/* program.bpf.c, compiled by `compile`. */
static const unsigned char object[] __attribute__((aligned(8))) = {
#include "program.inc"
};

const unsigned char *tracer_object(size_t *size)
{
    *size = sizeof(object);
    return object;
}

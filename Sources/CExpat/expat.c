/* libexpat is loaded when a report is XML: most commands never read one. */
#include <dlfcn.h>
#include <on_demand.h>
#include "shim.h"

static void *library(void)
{
    static void *loaded;
    if (!loaded)
        loaded = dlopen("libexpat.so.1", RTLD_LAZY | RTLD_LOCAL);
    return loaded;
}

FORWARD(const XML_LChar *, XML_ErrorString, (enum XML_Error a), (a))
FORWARD(XML_Size, XML_GetCurrentLineNumber, (XML_Parser a), (a))
FORWARD(enum XML_Error, XML_GetErrorCode, (XML_Parser a), (a))
FORWARD(enum XML_Status, XML_Parse, (XML_Parser a, const char *b, int c, int d), (a, b, c, d))
FORWARD(XML_Parser, XML_ParserCreate, (const XML_Char *a), (a))
FORWARD_NOTHING(XML_ParserFree, (XML_Parser a), (a))
FORWARD_NOTHING(XML_SetCharacterDataHandler, (XML_Parser a, XML_CharacterDataHandler b), (a, b))
FORWARD_NOTHING(XML_SetElementHandler,
    (XML_Parser a, XML_StartElementHandler b, XML_EndElementHandler c), (a, b, c))
FORWARD_NOTHING(XML_SetStartDoctypeDeclHandler, (XML_Parser a, XML_StartDoctypeDeclHandler b), (a, b))
FORWARD_NOTHING(XML_SetUserData, (XML_Parser a, void *b), (a, b))
FORWARD(enum XML_Status, XML_StopParser, (XML_Parser a, XML_Bool b), (a, b))

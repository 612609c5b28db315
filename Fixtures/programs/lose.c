#include <stdlib.h>
#include <string.h>
struct n{struct n*next;char b[100];};
static void*keep;
static struct n*list(int k){struct n*h=0;while(k--){struct n*x=malloc(sizeof*x);x->next=h;h=x;}return h;}
static void lose(void){for(int i=0;i<10;i++){char*volatile p=malloc(1000);p=0;}}
static char*dup(const char*s){return strdup(s);}
int main(){keep=malloc(5000);struct n*volatile h=list(100);h=0;lose();char*volatile q=dup("hello world");q=0;char*volatile z=calloc(3,4096);z+=8;static char*volatile keep2;keep2=z;z=0;return 0;}

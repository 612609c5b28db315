#include <vector>
#include <string>
#include <memory>
#include <cstdlib>
#include <unistd.h>
#include <sys/wait.h>
namespace app { struct Thing { std::vector<int> v; std::string s; Thing(int n):v(n),s(200,'x'){} }; 
 template<class T> T* make(int n){ return new T(n);} 
 struct Pool { void* get(size_t n); }; void* Pool::get(size_t n){return malloc(n);} }
int main(){ for(int i=0;i<3;i++){auto*volatile t=app::make<app::Thing>(100);t=nullptr;} app::Pool p; void*volatile x=p.get(777); x=nullptr; std::vector<int>*volatile q=new std::vector<int>; q->push_back(3); q=nullptr; if(fork()==0){ void*volatile y=p.get(55); y=nullptr; return 0;} wait(nullptr); return 0;}

#include "http/curl.hpp"

#include <dlfcn.h>

namespace http {
namespace {

constexpr const char* soname = "libcurl.so.4";

// Never unloaded: it ends with the process.
tl::expected<Curl, std::string> load_from_file() {
    void* const library = ::dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) {
        return tl::unexpected(std::string(::dlerror()));
    }
    bool complete = true;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::decay_t<decltype(function)>>(::dlsym(library, name));
        complete = complete && function != nullptr;
    };
    Curl curl;
    decltype(&::curl_global_init) global_init = nullptr;
    find(global_init, "curl_global_init");
    find(curl.easy_init, "curl_easy_init");
    find(curl.easy_setopt, "curl_easy_setopt");
    find(curl.easy_getinfo, "curl_easy_getinfo");
    find(curl.easy_strerror, "curl_easy_strerror");
    find(curl.easy_cleanup, "curl_easy_cleanup");
    find(curl.multi_init, "curl_multi_init");
    find(curl.multi_add_handle, "curl_multi_add_handle");
    find(curl.multi_remove_handle, "curl_multi_remove_handle");
    find(curl.multi_setopt, "curl_multi_setopt");
    find(curl.multi_socket_action, "curl_multi_socket_action");
    find(curl.multi_info_read, "curl_multi_info_read");
    find(curl.multi_strerror, "curl_multi_strerror");
    find(curl.multi_cleanup, "curl_multi_cleanup");
    if (!complete) {
        return tl::unexpected(std::string(soname) + " lacks functions that it should have");
    }
    if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        throw std::bad_alloc();
    }
    return curl;
}

}  // namespace

// Once for all threads, because older versions are set up by one thread alone.
tl::expected<Curl, std::string> Curl::load() {
    static const tl::expected<Curl, std::string> loaded = load_from_file();
    return loaded;
}

}  // namespace http

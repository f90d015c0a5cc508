#pragma once

#include <memory>
#include <new>
#include <string>

#include <curl/curl.h>
#include <tl/expected.hpp>

namespace http {

// libcurl, loaded by the first HTTP check and not with the program: its more than thirty shared
// libraries take 5 ms and 6 MB at every start, of a `status` of 3 ms and 7 MB. The soname has been
// the same since 2006.
class Curl {
public:
    // Failure: the dynamic linker's words.
    [[nodiscard]] static tl::expected<Curl, std::string> load();

    decltype(&::curl_easy_init) easy_init = nullptr;
    decltype(&::curl_easy_setopt) easy_setopt = nullptr;
    decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
    decltype(&::curl_easy_strerror) easy_strerror = nullptr;
    decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
    decltype(&::curl_multi_init) multi_init = nullptr;
    decltype(&::curl_multi_add_handle) multi_add_handle = nullptr;
    decltype(&::curl_multi_remove_handle) multi_remove_handle = nullptr;
    decltype(&::curl_multi_setopt) multi_setopt = nullptr;
    decltype(&::curl_multi_socket_action) multi_socket_action = nullptr;
    decltype(&::curl_multi_info_read) multi_info_read = nullptr;
    decltype(&::curl_multi_strerror) multi_strerror = nullptr;
    decltype(&::curl_multi_cleanup) multi_cleanup = nullptr;

    // Owners of its handles. It fails to make one for want of memory alone: std::bad_alloc.
    using EasyHandle = std::unique_ptr<CURL, decltype(&::curl_easy_cleanup)>;
    using MultiHandle = std::unique_ptr<CURLM, decltype(&::curl_multi_cleanup)>;
    [[nodiscard]] EasyHandle make_easy() const {
        EasyHandle handle(easy_init(), easy_cleanup);
        return handle ? std::move(handle) : throw std::bad_alloc();
    }
    [[nodiscard]] MultiHandle make_multi() const {
        MultiHandle handle(multi_init(), multi_cleanup);
        return handle ? std::move(handle) : throw std::bad_alloc();
    }
};

}  // namespace http

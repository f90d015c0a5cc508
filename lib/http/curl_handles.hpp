#pragma once

#include <memory>
#include <new>
#include <string>

#include <curl/curl.h>

// Owners of libcurl's handles. libcurl fails to make one for want of memory alone: std::bad_alloc.
namespace http {

// Without TLS and the like: none of it is used on a Unix socket, and it would cost at every start.
// libcurl counts the calls.
class CurlLibrary {
public:
    CurlLibrary() {
        if (curl_global_init(CURL_GLOBAL_NOTHING) != CURLE_OK) {
            throw std::bad_alloc();
        }
    }
    CurlLibrary(const CurlLibrary&) = delete;
    CurlLibrary& operator=(const CurlLibrary&) = delete;
    ~CurlLibrary() { curl_global_cleanup(); }
};

struct EndEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EndEasy>;

struct EndMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
using MultiHandle = std::unique_ptr<CURLM, EndMulti>;

struct EndHeaderLines {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderLines = std::unique_ptr<curl_slist, EndHeaderLines>;

[[nodiscard]] inline EasyHandle make_easy() {
    EasyHandle handle(curl_easy_init());
    return handle ? std::move(handle) : throw std::bad_alloc();
}

[[nodiscard]] inline MultiHandle make_multi() {
    MultiHandle handle(curl_multi_init());
    return handle ? std::move(handle) : throw std::bad_alloc();
}

inline void append(HeaderLines& lines, const std::string& line) {
    auto* const longer = curl_slist_append(lines.get(), line.c_str());
    if (longer == nullptr) {
        throw std::bad_alloc();
    }
    static_cast<void>(lines.release());  // the same list, or none yet
    lines.reset(longer);
}

}  // namespace http

#include "http/curl_exchange.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace http {
namespace {

constexpr std::size_t max_header_bytes = 64 * 1024;
constexpr long connect_timeout_ms = 10'000;
constexpr std::size_t stop = 0;  // what a callback of libcurl returns to end its transfer

std::string_view trimmed(std::string_view text) {
    constexpr auto spaces = " \t\r\n";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

Failure::Kind why_not_connected(long system_error) {
    switch (system_error) {
        case ENOENT:
        case ENOTDIR: return Failure::Kind::no_socket;
        case EACCES:
        case EPERM: return Failure::Kind::permission_denied;
        case ECONNREFUSED: return Failure::Kind::refused;
        default: return Failure::Kind::unreachable;
    }
}

}  // namespace

CurlExchange::CurlExchange(Request request, ReplyKind kind, const std::string& socket_path)
    : request_(std::move(request)), kind_(kind), easy_(make_easy()) {
    auto* const easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words_.data());
    curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, socket_path.c_str());
    curl_easy_setopt(easy, CURLOPT_URL, fmt::format("http://localhost{}", request_.target).c_str());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // whatever http_proxy says
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    choose_method();
    choose_limits();
    send_headers();

    using Callback = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    const Callback header = [](char* data, std::size_t size, std::size_t count, void* self) {
        return static_cast<CurlExchange*>(self)->on_header({data, size * count});
    };
    const Callback body = [](char* data, std::size_t size, std::size_t count, void* self) {
        return static_cast<CurlExchange*>(self)->on_body({data, size * count});
    };
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

void CurlExchange::choose_method() {
    auto* const easy = easy_.get();
    if (request_.method == Method::get) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());  // not copied
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request_.body.size()));
    if (request_.method == Method::del) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
    }
    // When a kept connection turns out dead before any reply, libcurl sends the request once more
    // without a word (lib/transfer.c, Curl_retry_request), and a change may be made twice.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

void CurlExchange::choose_limits() {
    auto* const easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
    if (request_.timeout) {
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout->count()));
    }
}

void CurlExchange::send_headers() {
    append(header_lines_, "Expect:");  // no waiting for `100 Continue` before a long body
    if (request_.method != Method::get) {
        append(header_lines_, "Content-Type:");  // not libcurl's: a form
    }
    for (const auto& header : request_.headers) {
        append(header_lines_, fmt::format("{}: {}", header.name, header.value));
    }
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, header_lines_.get());
}

// Called with each line: the status, the headers, and an empty one at the end. Comes again for the
// final reply after a `100 Continue`, and for trailers, which nobody reads.
std::size_t CurlExchange::on_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > max_header_bytes) {
        too_large_ = true;
        return stop;
    }
    if (head_complete_) {
        return line.size();
    }
    if (line.starts_with("HTTP/")) {
        response_.headers.clear();
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        response_.headers.push_back({std::string(trimmed(line.substr(0, colon))),
                                     std::string(trimmed(line.substr(colon + 1)))});
    } else if (trimmed(line).empty()) {
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        response_.status = static_cast<int>(status);
        head_complete_ = status >= 200;
    }
    return line.size();
}

std::size_t CurlExchange::on_body(std::string_view bytes) {
    if (kind_ == ReplyKind::whole && response_.body.size() + bytes.size() > request_.max_reply) {
        too_large_ = true;
        return stop;
    }
    response_.body += bytes;
    return bytes.size();
}

std::optional<Failure> CurlExchange::failure(CURLcode result) const {
    if (result == CURLE_OK) {
        if (head_complete_) {
            return std::nullopt;
        }
        return Failure{Failure::Kind::broken, "the connection was closed within the headers"};
    }
    const auto words = words_.front() == '\0' ? curl_easy_strerror(result) : words_.data();
    if (too_large_) {
        return Failure{Failure::Kind::too_large,
                       head_complete_
                           ? fmt::format("more than {} bytes", request_.max_reply)
                           : fmt::format("headers of more than {} bytes", max_header_bytes)};
    }
    switch (result) {
        case CURLE_COULDNT_CONNECT: {
            long error = 0;
            curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &error);
            const auto detail =
                error == 0 ? words : std::generic_category().message(static_cast<int>(error));
            return Failure{why_not_connected(error), detail};
        }
        case CURLE_COULDNT_RESOLVE_HOST:  // what libcurl says of an over-long socket path
            return Failure{Failure::Kind::unusable_address, words};
        case CURLE_OPERATION_TIMEDOUT: return Failure{Failure::Kind::timed_out, words};
        case CURLE_UNSUPPORTED_PROTOCOL:  // "Received HTTP/0.9 when not allowed"
        case CURLE_WEIRD_SERVER_REPLY: return Failure{Failure::Kind::not_http, words};
        default: return Failure{Failure::Kind::broken, words};
    }
}

}  // namespace http

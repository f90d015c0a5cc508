#include "http/reply_parser.hpp"

// An assertion of Beast 1.74 is wrong (basic_parser.ipp, parse_chunk_header: "n >= 5") where a body
// in chunks is empty and its end comes cut; nothing hangs on it. Found by tests/fuzz.
#define BOOST_DISABLE_ASSERTS
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include <fmt/format.h>

namespace http {
namespace {

namespace beast = boost::beast;
using Code = beast::http::error;
using ErrorCode = beast::error_code;

constexpr int switching_protocols = 101;

}  // namespace

// Beast finds the parts of a reply; here they are kept.
class ReplyParser::Beast final : public beast::http::basic_parser<false> {
public:
    explicit Beast(ReplyParser& parser)
        : parser_(parser), response_(parser.response_), head_complete_(parser.head_complete_) {}

private:
    using Text = beast::string_view;

    void on_request_impl(beast::http::verb /*method*/, Text /*name*/, Text /*target*/,
                         int /*version*/, ErrorCode& /*error*/) override {}
    void on_response_impl(int status, Text /*reason*/, int /*version*/,
                          ErrorCode& /*error*/) override {
        response_.status = status;
    }
    void on_field_impl(beast::http::field /*known*/, Text name, Text value,
                       ErrorCode& /*error*/) override {
        if (!head_complete_) {  // else a trailer, which nobody reads
            response_.headers.push_back({std::string(name), std::string(value)});
        }
    }
    void on_header_impl(ErrorCode& /*error*/) override { head_complete_ = !parser_.is_interim(); }
    void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                           ErrorCode& /*error*/) override {}
    std::size_t on_body_impl(Text body, ErrorCode& /*error*/) override { return keep(body); }
    void on_chunk_header_impl(std::uint64_t /*size*/, Text /*extensions*/,
                              ErrorCode& /*error*/) override {}
    std::size_t on_chunk_body_impl(std::uint64_t /*left*/, Text body,
                                   ErrorCode& /*error*/) override {
        return keep(body);
    }
    void on_finish_impl(ErrorCode& /*error*/) override {}

    std::size_t keep(Text bytes) {
        response_.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    ReplyParser& parser_;
    Response& response_;
    bool& head_complete_;
};

ReplyParser::ReplyParser(std::size_t max_body_bytes, Switching switching)
    : max_body_bytes_(max_body_bytes), switching_(switching) {
    begin();
}

ReplyParser::~ReplyParser() = default;

void ReplyParser::begin() {
    response_ = {};
    beast_ = std::make_unique<Beast>(*this);
    beast_->eager(true);
    beast_->header_limit(max_head_bytes);
    beast_->body_limit(max_body_bytes_);  // never none, which Beast 1.74 takes for 0 at a length
}

bool ReplyParser::is_interim() const {
    const bool switches =
        response_.status == switching_protocols && switching_ == Switching::ends_the_reply;
    return response_.status / 100 == 1 && !switches;
}

bool ReplyParser::leaves_connection_open() const {
    return complete_ && pending_.empty() && beast_->keep_alive();
}

std::optional<Failure> ReplyParser::feed(std::string_view bytes) {
    if (pending_.empty()) {
        auto failure = parse(bytes);
        pending_ = bytes;
        return failure;
    }
    pending_ += bytes;
    std::string_view rest = pending_;
    auto failure = parse(rest);
    pending_.erase(0, pending_.size() - rest.size());
    return failure;
}

// Leaves in `bytes` what cannot be parsed before more has come.
std::optional<Failure> ReplyParser::parse(std::string_view& bytes) {
    while (!bytes.empty() && !complete_) {
        ErrorCode error;
        const std::size_t taken = beast_->put(boost::asio::buffer(bytes), error);
        bytes.remove_prefix(taken);
        if (error == Code::header_limit ||
            (error == Code::need_more && bytes.size() > max_head_bytes)) {
            return Failure{Failure::Kind::too_large,
                           fmt::format("headers of more than {} bytes", max_head_bytes)};
        }
        if (error == Code::body_limit) {
            return Failure{Failure::Kind::too_large,
                           fmt::format("more than {} bytes", max_body_bytes_)};
        }
        if (error == Code::need_more) {
            break;
        }
        if (error) {
            return Failure{head_complete_ ? Failure::Kind::broken : Failure::Kind::not_http,
                           error.message()};
        }
        if (beast_->is_done() && is_interim()) {
            begin();
        } else {
            complete_ = beast_->is_done();
        }
    }
    return std::nullopt;
}

std::optional<Failure> ReplyParser::feed_end() {
    ErrorCode error;
    if (!complete_ && beast_->got_some()) {
        beast_->put_eof(error);
        complete_ = !error && beast_->is_done() && head_complete_;
    }
    if (complete_) {
        return std::nullopt;
    }
    return Failure{Failure::Kind::broken, head_complete_
                                              ? "the connection was closed within the reply"
                                              : "the connection was closed before the reply"};
}

}  // namespace http

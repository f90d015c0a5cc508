#include "http/reply_parser.hpp"

#include "catch.hpp"

namespace {

using http::Failure;
using http::ReplyParser;

// A reply fed in pieces of this size, then the end of the connection.
struct Fed {
    Fed(const std::string& bytes, std::size_t piece, std::size_t limit = ReplyParser::no_limit)
        : parser(limit) {
        for (std::size_t begin = 0; begin < bytes.size() && !failure; begin += piece) {
            failure = parser.feed(std::string_view(bytes).substr(begin, piece));
        }
        was_complete = parser.complete();
        if (!failure && !was_complete) {
            failure = parser.feed_end();
        }
    }

    ReplyParser parser;
    std::optional<Failure> failure;
    bool was_complete = false;  // before the connection ended
};

const std::string chunked =
    "HTTP/1.1 100 Continue\r\nIgnored: yes\r\n\r\n"
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    "3;x=y\r\nabc\r\n4\r\ndefg\r\n0\r\nTrailer: 1\r\n\r\n";

}  // namespace

TEST_CASE("a reply says the same however its bytes are cut") {
    for (std::size_t piece = 1; piece <= chunked.size(); ++piece) {
        CAPTURE(piece);
        const Fed fed(chunked, piece);
        CHECK_FALSE(fed.failure);
        CHECK(fed.was_complete);
        CHECK(fed.parser.leaves_connection_open());
        CHECK(fed.parser.response().status == 200);
        CHECK(fed.parser.response().headers ==
              std::vector<http::Header>{{"Transfer-Encoding", "chunked"}});
        CHECK(fed.parser.response().body == "abcdefg");
    }
}

TEST_CASE("an empty body in chunks is one, however it is cut") {
    const std::string empty = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    for (std::size_t piece = 1; piece <= empty.size(); ++piece) {
        CAPTURE(piece);
        const Fed fed(empty, piece);
        CHECK(fed.was_complete);
        CHECK(fed.parser.response().body.empty());
    }
}

TEST_CASE("a reply without a length lasts until the connection ends") {
    const Fed fed("HTTP/1.0 200 OK\r\n\r\nall of it", 4);
    CHECK_FALSE(fed.was_complete);
    CHECK_FALSE(fed.failure);
    CHECK_FALSE(fed.parser.leaves_connection_open());
    CHECK(fed.parser.response().body == "all of it");
}

TEST_CASE("a connection is not used again after more than was asked for, or when the peer closes") {
    CHECK(Fed("HTTP/1.1 204 No Content\r\n\r\n", 100).parser.leaves_connection_open());
    CHECK_FALSE(Fed("HTTP/1.1 204 No Content\r\n\r\nHTTP", 100).parser.leaves_connection_open());
    CHECK_FALSE(Fed("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 100)
                    .parser.leaves_connection_open());
}

TEST_CASE("without a limit a body may be as long as it likes") {
    const Fed with_length("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", 100);
    CHECK_FALSE(with_length.failure);
    CHECK(with_length.parser.response().body == "whole");
    CHECK_FALSE(Fed("HTTP/1.1 200 OK\r\n\r\nwhole", 100).failure);
}

TEST_CASE("what is no reply, or too much of one, is told as what it is") {
    const auto kind = [](const std::string& bytes, std::size_t limit = 100) {
        const Fed fed(bytes, 1000, limit);
        return fed.failure ? std::optional(fed.failure->kind) : std::nullopt;
    };
    using Kind = Failure::Kind;
    CHECK(kind("") == Kind::broken);
    CHECK(kind("HTTP/1.1 200") == Kind::broken);
    CHECK(kind("HTTP/1.1 100 Continue\r\n\r\n") == Kind::broken);
    CHECK(kind("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf") == Kind::broken);
    CHECK(kind("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n") == Kind::broken);
    CHECK(kind("220 mail.example ESMTP\r\n") == Kind::not_http);
    CHECK(kind("{\"message\": \"hello\"}\r\n") == Kind::not_http);
    CHECK(kind("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n") == Kind::too_large);
    CHECK(kind("HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x')) == Kind::too_large);
    CHECK(kind("HTTP/1.1 200 OK\r\nA: " + std::string(70'000, 'x')) == Kind::too_large);
    CHECK(kind("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
               std::string(70'000, 'x')) == Kind::too_large);
    CHECK(kind("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n") ==
          Kind::not_http);
}

#include "expect.hpp"

namespace {

auto info(int status, const std::string& body) {
    return engine::api::system_info().decode(reply(status, body));
}

}  // namespace

TEST_CASE("an error's body may be JSON, plain text or nothing, and becomes one clean line") {
    CHECK(refused(info(500, R"({"message":"oops"})")) == "500 oops");
    CHECK(refused(info(500, R"({"cause":"c","message":"podman","response":500})")) == "500 podman");
    CHECK(refused(info(404, "404 page not found\n")) == "404 404 page not found");
    CHECK(refused(info(503, "")) == "503 status 503 without a message");
    CHECK(refused(info(500, R"({"message":7})")) == R"(500 {"message":7})");
    CHECK(refused(info(500, R"({"message":"a\r\n\tb\u001b[31mc\u0000\u009b2Jd\u007f "})")) ==
          "500 a b [31mc 2Jd");
    CHECK(refused(info(500, "\xff\xfe")) == "500 \xff\xfe");
    CHECK(refused(info(301, "<a href=\"/x\">Moved</a>")) == "301 <a href=\"/x\">Moved</a>");
}

TEST_CASE("a message of megabytes is cut, and not within a character") {
    std::string message;
    for (int count = 0; count < 100'000; ++count) {
        message += "é";
    }
    const auto text = refused(info(500, message));
    CHECK(text.size() < 5000);
    CHECK(text.ends_with("éé…"));
}

TEST_CASE("a message of bytes that never begin a character is cut all the same") {
    CHECK(refused(info(500, std::string(100'000, '\x80'))).size() < 5000);
}

TEST_CASE("a successful reply that is no JSON is malformed") {
    CHECK(malformed(info(200, "")) == "GET /info: empty, where JSON was expected");
    CHECK(malformed(info(200, "OK")) == "GET /info: no JSON");
    CHECK(malformed(info(200, R"({"NCPU":2)")) == "GET /info: no JSON");
    CHECK(malformed(info(200, R"({"NCPU":2}{})")) == "GET /info: no JSON");
    CHECK(malformed(info(204, "")) == "GET /info: empty, where JSON was expected");
    CHECK(malformed(info(200, R"({"NCPU":1e999})")) == "GET /info: no JSON");
}

TEST_CASE("JSON of great depth is refused before it is built") {
    CHECK(malformed(info(200, std::string(1'000'000, '['))) ==
          "GET /info: JSON of more than 64 levels");
    CHECK(malformed(info(200, R"({"NCPU":)" + std::string(100, '[') + "}")) ==
          "GET /info: JSON of more than 64 levels");
    CHECK(info(200, R"({"NCPU":1,"Driver":"\")" + std::string(100, '[') + R"("})"));
}

TEST_CASE("bytes that are no UTF-8 become replacement characters") {
    CHECK(info(200, "{\"NCPU\":1,\"Driver\":\"a\xff\\n\xc3\xa9\xe2\x82\"}")->storage_driver ==
          "a\xef\xbf\xbd\n\xc3\xa9\xef\xbf\xbd");
}

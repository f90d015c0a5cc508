#include "http/message.hpp"

#include "catch.hpp"
#include "http/encode.hpp"

TEST_CASE("a header is found whatever its case") {
    const http::Response response{
        .status = 200, .headers = {{"Api-Version", "1.41"}, {"api-version", "2"}}, .body = ""};
    CHECK(response.header("API-VERSION") == "1.41");
    CHECK(response.header("Api").empty());
}

TEST_CASE("a request is called by its method and path, without the query") {
    CHECK(http::summary({.method = http::Method::post, .target = "/containers/create?name=a"}) ==
          "POST /containers/create");
    CHECK(http::summary({.method = http::Method::del, .target = "/volumes/a"}) ==
          "DELETE /volumes/a");
}

TEST_CASE("encoding leaves nothing that could end a segment or a value") {
    CHECK(http::encode("spark-livy.livy_1~") == "spark-livy.livy_1~");
    CHECK(http::encode("a/b?c=d&e#f%g h+i") == "a%2Fb%3Fc%3Dd%26e%23f%25g%20h%2Bi");
    CHECK(http::encode("ü\n\xff") == "%C3%BC%0A%FF");
    CHECK(http::encode(std::string_view("\0", 1)) == "%00");
    CHECK(http::encode_path("registry:5000/a b@sha256:1") == "registry%3A5000/a%20b%40sha256%3A1");
}

TEST_CASE("a query encodes names and values") {
    CHECK(http::with_query("/a", {}) == "/a");
    CHECK(http::with_query("/a", {{"all", "1"}, {"filters", R"({"label":["a=b"]})"}}) ==
          "/a?all=1&filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%7D");
}

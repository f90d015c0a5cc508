#include "engine/address.hpp"

#include "catch.hpp"

namespace {

std::string unusable(const std::string& url) {
    const auto address = engine::Address::parse(url);
    REQUIRE_FALSE(address);
    const auto& error = std::get<engine::Unreachable>(address.error());
    CHECK(error.why == engine::Unreachable::Why::unusable_address);
    CHECK(error.address == url);
    return error.detail;
}

}  // namespace

TEST_CASE("an address is a unix URL or an absolute path") {
    CHECK(engine::Address::parse("unix:///var/run/docker.sock")->socket_path() ==
          "/var/run/docker.sock");
    CHECK(engine::Address::parse("unix:///a")->url() == "unix:///a");
    CHECK(engine::Address::parse("/run/docker.sock")->socket_path() == "/run/docker.sock");
    CHECK(engine::Address::parse("/run/docker.sock")->url() == "/run/docker.sock");
    CHECK(engine::Address::parse("/" + std::string(106, 'a')));
}

TEST_CASE("other addresses are unusable, each for its reason") {
    CHECK(unusable("tcp://1.2.3.4:2375") == "only Unix sockets are supported yet, not tcp://");
    CHECK(unusable("ssh://host") == "only Unix sockets are supported yet, not ssh://");
    CHECK(unusable("http://host") == "only Unix sockets are supported yet, not http://");
    CHECK(unusable("") == "it names no socket");
    CHECK(unusable("unix://") == "it names no socket");
    CHECK(unusable("unix://docker.sock") == "the socket's path must start with a slash");
    CHECK(unusable("docker.sock") == "the socket's path must start with a slash");
    CHECK(unusable("localhost:2375") == "the socket's path must start with a slash");
    CHECK(unusable("/" + std::string(107, 'a')) == "the socket's path is longer than 107 bytes");
    CHECK(unusable(std::string("/a\0b", 4)) == "the socket's path contains a zero byte");
}

#include "engine/client.hpp"
#include "expect.hpp"
#include "fake_transport.hpp"

namespace {

using engine::Client;
using http::Failure;

// A client with an open stream of a pull, played by the test.
struct Pull {
    Pull() {
        script->replies = {
            http::Response{.status = 200, .headers = {{"Api-Version", "1.41"}}, .body = "OK"}};
        const auto address = engine::Address::parse("/run/test.sock").value();
        client =
            script->connected(Client(address, std::make_unique<FakeTransport>(script))).value();
        handle = client->stream(
            engine::api::pull_image("x"), [this] { log += "open,"; },
            [this](const engine::PullProgress& progress) {
                log += progress.status + ",";
                if (progress.status == "drop") {
                    handle.close();
                }
            },
            [this](std::optional<engine::Error> why) {
                log += "end";
                error = std::move(why);
            });
    }
    void head(int status) { events().on_head({.status = status}); }
    void data(const std::string& bytes) { events().on_data(bytes); }
    void end() { events().on_end(std::nullopt); }
    void fail(Failure::Kind kind) { events().on_end(Failure{kind, "why"}); }
    http::StreamEvents& events() { return script->streams.at(0); }

    std::shared_ptr<FakeTransport::Script> script = std::make_shared<FakeTransport::Script>();
    std::optional<Client> client;
    engine::StreamHandle handle;
    std::string log;
    std::optional<engine::Error> error;
};

}  // namespace

TEST_CASE("a stream opens, gives its items and ends") {
    Pull pull;
    CHECK(pull.script->seen.at(1).target == "/v1.41/images/create?fromImage=x&tag=latest");
    CHECK(pull.log.empty());
    pull.head(200);
    CHECK(pull.log == "open,");
    pull.data(R"({"status":"one"}{"status":)");
    pull.data(R"("two"})");
    pull.end();
    CHECK(pull.log == "open,one,two,end");
    CHECK_FALSE(pull.error);
}

TEST_CASE("an error inside a stream ends it, whatever follows") {
    Pull pull;
    pull.head(200);
    pull.data(R"({"status":"one"}{"errorDetail":{"message":"denied"}}{"status":"two"})");
    CHECK(pull.log == "open,one,end");
    REQUIRE(pull.error);
    CHECK(std::get<engine::Refused>(*pull.error).message == "denied");
    CHECK(pull.script->streams_closed == 1);
}

TEST_CASE("a stream that is refused never opens, and its body is the error") {
    Pull pull;
    pull.head(404);
    pull.data(R"({"message":"pull access )");
    pull.data(R"(denied"})");
    pull.end();
    CHECK(pull.log == "end");
    REQUIRE(pull.error);
    CHECK(std::get<engine::Refused>(*pull.error).status == 404);
    CHECK(std::get<engine::Refused>(*pull.error).message == "pull access denied");
}

TEST_CASE("an endless refusal is cut off") {
    Pull pull;
    pull.head(500);
    pull.data(std::string(1 << 20, 'x'));
    CHECK(pull.log == "end");
    CHECK(pull.script->streams_closed == 1);
}

TEST_CASE("a refused version is a mismatch on streams too") {
    Pull pull;
    pull.head(400);
    pull.data("client version 1.41 is too old. Minimum supported API version is 1.44.");
    pull.end();
    REQUIRE(pull.error);
    CHECK(std::get<engine::VersionMismatch>(*pull.error).engine_min == "1.44");
}

TEST_CASE("a stream that breaks off ends with the failure") {
    Pull before_head;
    before_head.fail(Failure::Kind::refused);
    REQUIRE(before_head.error);
    CHECK(std::holds_alternative<engine::Unreachable>(*before_head.error));

    Pull midway;
    midway.head(200);
    midway.data(R"({"status":"one"})");
    midway.fail(Failure::Kind::broken);
    CHECK(midway.log == "open,one,end");
    REQUIRE(midway.error);
    CHECK(std::get<engine::Broken>(*midway.error).call == "POST /images/create");
}

TEST_CASE("a callback that drops its stream hears no more of it") {
    Pull pull;
    pull.head(200);
    pull.data(R"({"status":"drop"}{"status":"more"}{"errorDetail":{"message":"late"}})");
    CHECK(pull.log == "open,drop,");
    CHECK(pull.script->streams_closed == 1);
}

TEST_CASE("a handle may outlive its client") {
    Pull pull;
    pull.client.reset();
    pull.handle.close();
    CHECK(pull.log.empty());
}

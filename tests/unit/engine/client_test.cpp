#include "engine/client.hpp"

#include "expect.hpp"
#include "fake_transport.hpp"

namespace {

using engine::Client;
using http::Failure;

const engine::Address& address() {
    static const auto parsed = engine::Address::parse("unix:///run/test.sock").value();
    return parsed;
}

http::Response ping(const std::string& version) {
    return {.status = 200, .headers = {{"Api-Version", version}}, .body = "OK"};
}

http::Reply failed(Failure::Kind kind) { return tl::unexpected(Failure{kind, "why"}); }

// A client whose engine answers so, the ping first.
struct Fixture {
    explicit Fixture(std::deque<http::Reply> replies)
        : script(std::make_shared<FakeTransport::Script>()) {
        script->replies = std::move(replies);
    }
    engine::Result<Client> connect() {
        return script->connected(
            Client(address(), std::make_unique<FakeTransport>(script),
                   [this](const engine::Trace& trace) { traces.push_back(trace); }));
    }
    std::shared_ptr<FakeTransport::Script> script;
    std::vector<engine::Trace> traces;
};

engine::Error connect_error(const http::Reply& reply) {
    Fixture fixture({reply});
    auto client = fixture.connect();
    REQUIRE_FALSE(client);
    return client.error();
}

engine::Error call_error(const http::Reply& reply) {
    Fixture fixture({ping("1.41"), reply});
    auto client = fixture.connect().value();
    const auto info = fixture.script->get(client, engine::api::system_info());
    REQUIRE_FALSE(info);
    return info.error();
}

}  // namespace

TEST_CASE("the client asks once for the version and puts it in front of every call") {
    Fixture fixture({ping("1.41"), reply(200, R"({"NCPU":2})"), reply(204, "")});
    auto client = fixture.connect().value();
    CHECK(client.api_version() == "1.41");
    CHECK(client.address().url() == "unix:///run/test.sock");
    CHECK(fixture.script->get(client, engine::api::system_info())->cpus == 2);
    CHECK(fixture.script->get(client, engine::api::start_container("a")) == engine::Changed::now);
    REQUIRE(fixture.script->seen.size() == 3);
    CHECK(fixture.script->seen[0].target == "/_ping");
    CHECK(fixture.script->seen[1].target == "/v1.41/info");
    CHECK(fixture.script->seen[2].target == "/v1.41/containers/a/start");
}

TEST_CASE("every finished call is traced, without the version") {
    Fixture fixture({ping("1.41"), reply(404, ""), failed(Failure::Kind::broken)});
    auto client = fixture.connect().value();
    CHECK_FALSE(
        fixture.script->get(client, engine::api::stop_container("a", std::chrono::seconds(1))));
    CHECK_FALSE(fixture.script->get(client, engine::api::system_info()));
    REQUIRE(fixture.traces.size() == 3);
    CHECK(fixture.traces[1].method == "POST");
    CHECK(fixture.traces[1].target == "/containers/a/stop?t=1");
    CHECK(fixture.traces[1].status == 404);
    CHECK(fixture.traces[2].status == 0);
}

namespace {

// A connection of which a test knows the reads.
struct Spoken final : http::Connection {
    [[nodiscard]] Wait wait(Wanted) const override { return {}; }
    [[nodiscard]] tl::expected<std::size_t, Failure> write(std::string_view bytes) override {
        return bytes.size();
    }
    [[nodiscard]] tl::expected<std::optional<std::size_t>, Failure> read(std::span<char>) override {
        return 0;
    }
    void end_writing() override {}
};

}  // namespace

TEST_CASE("an upgrade gives the connection, or says what the engine said instead") {
    Fixture fixture({ping("1.41")});
    auto client = fixture.connect().value();
    std::vector<engine::Result<engine::Upgraded>> results;
    const auto keep = [&](engine::Result<engine::Upgraded> result) {
        results.push_back(std::move(result));
    };
    for (int count = 0; count < 3; ++count) {
        client.upgrade({.method = http::Method::post, .target = "/exec/a/start"}, keep);
    }
    CHECK(fixture.script->seen.at(1).target == "/v1.41/exec/a/start");
    auto& upgrades = fixture.script->upgrades;
    upgrades.at(0)(http::Upgrade{{.status = 101}, std::make_unique<Spoken>(), "already"});
    upgrades.at(1)(
        http::Upgrade{{.status = 409, .body = R"({"message":"it is paused"})"}, nullptr, ""});
    upgrades.at(2)(tl::unexpected(Failure{Failure::Kind::broken, "why"}));
    REQUIRE(results.size() == 3);
    REQUIRE(results[0]);
    CHECK(results[0]->connection != nullptr);
    CHECK(results[0]->already_read == "already");
    CHECK(std::get<engine::Refused>(results[1].error()).message == "it is paused");
    CHECK(std::get<engine::Broken>(results[2].error()).call == "POST /exec/a/start");
    CHECK(fixture.traces.size() == 4);
}

TEST_CASE("a newer engine is spoken to in the newest version of ours") {
    Fixture fixture({ping("1.99")});
    CHECK(fixture.connect()->api_version() == "1.51");
}

TEST_CASE("an engine that is too old is refused") {
    const auto error = std::get<engine::VersionMismatch>(connect_error(ping("1.39")));
    CHECK(error.address == "unix:///run/test.sock");
    CHECK(error.engine_min.empty());
    CHECK(error.engine_max == "1.39");
    CHECK(error.ours_min == "1.40");
    CHECK(error.ours_max == "1.51");
}

TEST_CASE("an engine that refuses the version is a mismatch, in JSON or plain text") {
    const auto too_old = std::get<engine::VersionMismatch>(call_error(
        reply(400,
              "client version 1.41 is too old. Minimum supported API version is 1.44, please "
              "upgrade your client to a newer version\n")));
    CHECK(too_old.engine_min == "1.44");
    CHECK(too_old.engine_max.empty());
    const auto too_new = std::get<engine::VersionMismatch>(call_error(reply(
        400,
        R"({"message":"client version 1.41 is too new. Maximum supported API version is 1.40"})")));
    CHECK(too_new.engine_min.empty());
    CHECK(too_new.engine_max == "1.40");
    CHECK(engine::is_status(call_error(reply(400, "client version of what?")), 400));
}

TEST_CASE("what is no engine is told from an engine") {
    const auto detail = [](const http::Reply& got) {
        return std::get<engine::Malformed>(connect_error(got)).detail;
    };
    CHECK(detail(reply(404, "<html>")) ==
          "status 404 without an Api-Version: this is no Docker Engine");
    CHECK(detail(reply(200, "OK")) ==
          "status 200 without an Api-Version: this is no Docker Engine");
    CHECK(detail(ping("one\x1b")) == "an Api-Version of one");
    CHECK(detail(failed(Failure::Kind::not_http)) == "why");
    auto unwell = ping("1.41");
    unwell.status = 500;
    unwell.body = R"({"message":"unwell"})";
    CHECK(engine::is_status(connect_error(unwell), 500));
}

TEST_CASE("an engine that cannot be reached says why and where") {
    using Why = engine::Unreachable::Why;
    const std::map<Failure::Kind, Why> reasons = {
        {Failure::Kind::unusable_address, Why::unusable_address},
        {Failure::Kind::no_socket, Why::no_socket},
        {Failure::Kind::permission_denied, Why::permission_denied},
        {Failure::Kind::refused, Why::refused},
        {Failure::Kind::unreachable, Why::other},
        {Failure::Kind::timed_out, Why::timed_out},
    };
    for (const auto& [kind, why] : reasons) {
        const auto error = std::get<engine::Unreachable>(connect_error(failed(kind)));
        CHECK(error.why == why);
        CHECK(error.address == "unix:///run/test.sock");
        CHECK(error.detail == "why");
    }
}

TEST_CASE("a call that breaks off or takes too long names itself") {
    for (const auto kind : {Failure::Kind::broken, Failure::Kind::timed_out}) {
        const auto error = std::get<engine::Broken>(call_error(failed(kind)));
        CHECK(error.call == "GET /info");
        CHECK(error.detail == "why");
    }
    CHECK(std::get<engine::Malformed>(call_error(failed(Failure::Kind::too_large))).call ==
          "GET /info");
    CHECK(std::get<engine::Unreachable>(call_error(failed(Failure::Kind::refused))).why ==
          engine::Unreachable::Why::refused);
}

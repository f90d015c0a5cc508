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
        return Client::connect(address(), std::make_unique<FakeTransport>(script),
                               [this](const engine::Trace& trace) { traces.push_back(trace); });
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
    const auto info = client.get(engine::api::system_info());
    REQUIRE_FALSE(info);
    return info.error();
}

}  // namespace

TEST_CASE("the client asks once for the version and puts it in front of every call") {
    Fixture fixture({ping("1.41"), reply(200, R"({"NCPU":2})"), reply(204, "")});
    auto client = fixture.connect().value();
    CHECK(client.api_version() == "1.41");
    CHECK(client.address().url() == "unix:///run/test.sock");
    CHECK(client.get(engine::api::system_info())->cpus == 2);
    CHECK(client.get(engine::api::start_container("a")) == engine::Changed::now);
    REQUIRE(fixture.script->seen.size() == 3);
    CHECK(fixture.script->seen[0].target == "/_ping");
    CHECK(fixture.script->seen[1].target == "/v1.41/info");
    CHECK(fixture.script->seen[2].target == "/v1.41/containers/a/start");
}

TEST_CASE("every finished call is traced, without the version") {
    Fixture fixture({ping("1.41"), reply(404, ""), failed(Failure::Kind::broken)});
    auto client = fixture.connect().value();
    CHECK_FALSE(client.get(engine::api::stop_container("a", std::chrono::seconds(1))));
    CHECK_FALSE(client.get(engine::api::system_info()));
    REQUIRE(fixture.traces.size() == 3);
    CHECK(fixture.traces[1].method == "POST");
    CHECK(fixture.traces[1].target == "/containers/a/stop?t=1");
    CHECK(fixture.traces[1].status == 404);
    CHECK(fixture.traces[2].status == 0);
}

TEST_CASE("a probe goes past the engine and is no call of it") {
    Fixture fixture({ping("1.41")});
    auto client = fixture.connect().value();
    const http::ProbeTarget target{http::ProbeTarget::Kind::http, "172.18.0.2", 80, "/up"};
    std::optional<http::ProbeResult> result;
    client.probe(target, [&](http::ProbeResult got) { result = std::move(got); });
    REQUIRE(fixture.script->probes.size() == 1);
    CHECK(fixture.script->probes[0].first == target);
    CHECK_FALSE(result);
    fixture.script->probes[0].second(http::Ready{204});
    REQUIRE(result);
    CHECK(*result == http::Ready{204});
    CHECK(fixture.script->seen.size() == 1);
    CHECK(fixture.traces.size() == 1);
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

#include "expect.hpp"

using namespace std::chrono_literals;

TEST_CASE("a command in a container is made, and has an ID") {
    const auto call = engine::api::create_exec(id_a, {"sh", "-c", "true"});
    CHECK(sent(call.request) == "POST /containers/" + id_a + "/exec");
    CHECK(Json::parse(call.request.body) ==
          Json::parse(R"({"AttachStdout":true,"AttachStderr":true,"Cmd":["sh","-c","true"]})"));
    CHECK(call.decode(reply(201, R"({"Id":")" + id_b + R"("})")) == id_b);
    CHECK(malformed(call.decode(reply(201, R"({"Id":"../x"})"))) ==
          "POST /containers/" + id_a + "/exec: Id is not as the API writes it");
    CHECK(refused(call.decode(reply(409, R"({"message":"Container a is not running"})"))) ==
          "409 Container a is not running");
}

TEST_CASE("a command gives what it writes to both streams, without the frames") {
    const auto call = engine::api::start_exec(id_b, 1500ms);
    CHECK(sent(call.request) == "POST /exec/" + id_b + "/start");
    CHECK(Json::parse(call.request.body) == Json::parse(R"({"Detach":false,"Tty":false})"));
    CHECK(call.request.timeout == 1500ms);
    const std::string out("\x01\0\0\0\0\0\0\x04out\n", 12);
    const std::string err(
        "\x02\0\0\0\0\0\0\x04"
        "err\n",
        12);
    CHECK(call.decode(reply(200, out + err)) == "out\nerr\n");
    CHECK(call.decode(reply(200, "")) == "");
    CHECK(call.decode(reply(200, std::string(100'000, 'y'))) == "…" + std::string(65'536, 'y'));
    CHECK(refused(call.decode(reply(404, R"({"message":"No such exec instance"})"))) ==
          "404 No such exec instance");
}

TEST_CASE("a command has an exit code once it has ended") {
    const auto call = engine::api::inspect_exec(id_b);
    CHECK(sent(call.request) == "GET /exec/" + id_b + "/json");
    const auto state = [&](const std::string& body) {
        const auto exec = call.decode(reply(200, body)).value();
        return std::pair(exec.running, exec.exit_code);
    };
    CHECK(state(R"({"Running":false,"ExitCode":127})") == std::pair(false, std::optional(127)));
    CHECK(state(R"({"Running":false,"ExitCode":0})") == std::pair(false, std::optional(0)));
    CHECK(state(R"({"Running":true,"ExitCode":null})") == std::pair(true, std::optional<int>()));
    CHECK(state(R"({"Running":true,"ExitCode":0})") == std::pair(true, std::optional<int>()));
    CHECK(state(R"({"Running":false})") == std::pair(false, std::optional<int>()));
}

// The engine's limits: told in words that help.

#include <fmt/format.h>

#include "catch.hpp"
#include "faults/proxy.hpp"
#include "faults/trial.hpp"

using namespace faults;
using support::container;
using support::Ended;

namespace {

struct Wiped {
    explicit Wiped(std::string of) : id(std::move(of)) { wipe(id); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { wipe(id); }
    std::string id;
};

// Networks until the engine has no addresses left for another, gone at the end.
class NetworksWithoutEnd {
public:
    NetworksWithoutEnd() {
        try {
            for (int i = 0; i < 64; ++i) {
                const std::string name = fmt::format("pool-{}", i);
                support::engine_post("/networks/create", {{"Name", name}});
                names_.push_back(name);
            }
        } catch (const std::exception&) {
            full_ = true;
        }
    }
    NetworksWithoutEnd(const NetworksWithoutEnd&) = delete;
    NetworksWithoutEnd& operator=(const NetworksWithoutEnd&) = delete;
    ~NetworksWithoutEnd() {
        for (const std::string& name : names_) {
            support::engine_delete("/networks/" + name);
        }
    }
    [[nodiscard]] bool full() const { return full_; }

private:
    std::vector<std::string> names_;
    bool full_ = false;
};

}  // namespace

TEST_CASE("without a free address range up says how to free some, and works once there is one") {
    const Wiped wiped("no-pool");
    const Json document = {{"id", "no-pool"}, {"containers", {container("web")}}};
    {
        const NetworksWithoutEnd networks;
        REQUIRE(networks.full());
        const Ended ended = run(up(document));
        INFO(ended.err);
        CHECK(ended.code == 1);
        CHECK(ended.err.find("docker network prune") != std::string::npos);
        CHECK(support::belongings("no-pool")["containers"] == Json::object());
    }
    CHECK(run(up(document)).code == 0);
}

TEST_CASE("names as long as they can be are taken by the engine") {
    const std::string appliance(63, 'a');
    const Wiped wiped(appliance);
    Json web = container(std::string(63, 'c'));
    web["instances"] = 10;
    const Ended ended = run(up({{"id", appliance}, {"containers", {web}}}, {"--settle", "0"}));
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(support::belongings(appliance)["containers"].size() == 10);
    CHECK(run({{"status", appliance}}).code == 0);
    CHECK(run(down(appliance)).code == 0);
}

TEST_CASE(
    "the longest argument that Linux gives a program arrives, a longer one is refused before") {
    const Wiped wiped("long-argument");
    constexpr std::size_t longest = 131'071;
    const std::string line = support::stays + " # ";
    Json web = container("web");
    web.erase("cmd");
    web["args"] = {"sh", "-c", line + std::string(longest - line.size(), 'x')};
    const Ended arrived = run(up({{"id", "long-argument"}, {"containers", {web}}}));
    INFO(arrived.err);
    CHECK(arrived.code == 0);
    web["args"][2] = web["args"][2].get<std::string>() + "x";
    const Ended refused = run(up({{"id", "long-argument"}, {"containers", {web}}}));
    CHECK(refused.code == 2);
    CHECK(
        refused.err.starts_with("error: this argument has 131072 bytes, the most that Linux "
                                "gives a program is 131071\n"));
    CHECK(refused.err.size() < 2'000);
}

TEST_CASE("a disk that is full at a pull is told from within the 200 stream, and nothing is made") {
    const Wiped wiped("disk-full");
    const std::string error = "failed to register layer: write /usr/lib/x: no space left on device";
    const std::string body = R"({"status":"Pulling from library/nothing","id":"latest"})"
                             "\r\n"
                             R"({"errorDetail":{"message":")" +
                             error + R"("},"error":")" + error + "\"}\r\n";
    Fault fault;
    fault.kind = Kind::answered;
    fault.target = "/images/create";
    fault.reply = fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        "{:x}\r\n{}\r\n0\r\n\r\n",
        body.size(), body);
    const Proxy proxy(fault);
    Json web = container("web");
    web["image"] = "nothing:latest";
    const Ended ended =
        run(up({{"id", "disk-full"}, {"containers", {web, container("db")}}}), proxy.url());
    INFO(ended.err << to_text(proxy.log().calls()));
    CHECK(ended.code == 1);
    CHECK(ended.err.find("no space left on device") != std::string::npos);
    CHECK(ended.err.find("nothing:latest") != std::string::npos);
    CHECK(differs("disk-full", nothing(), everything_on_the_engine()).value_or("").empty());
}

TEST_CASE("ten thousand containers are planned") {
    Json document = {{"id", "many"}, {"containers", Json::array()}};
    for (int i = 0; i < 10'000; ++i) {
        document["containers"].push_back(container(fmt::format("c{}", i)));
    }
    const Ended ended = run({{"plan", "-"}, document.dump()});
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.out.find("10000 to create") != std::string::npos);
}

// What is not the appliance's is named and left alone.

#include "catch.hpp"
#include "faults/proxy.hpp"
#include "faults/trial.hpp"

using namespace faults;
using support::container;
using support::Ended;

namespace {

const std::string id = "foreign";

Json document() { return {{"id", id}, {"containers", {container("web"), container("db")}}}; }

Goal whole() { return {.running = {id + ".web.1", id + ".db.1"}}; }

// A container, network or volume of someone else's, gone at the end.
class Thing {
public:
    Thing(const std::string& create, const Json& body, std::string where)
        : where_(std::move(where)) {
        support::engine_post(create, body);
    }
    Thing(const Thing&) = delete;
    Thing& operator=(const Thing&) = delete;
    ~Thing() { support::engine_delete(where_ + "?force=1"); }

    [[nodiscard]] Json now() const { return support::engine_get(inspect()); }

private:
    [[nodiscard]] std::string inspect() const {
        return where_.starts_with("/containers") ? where_ + "/json" : where_;
    }

    std::string where_;
};

Json sleeper(const std::string& network) {
    return {{"Image", "pivot-test"},
            {"Cmd", {"sleep", "1000"}},
            {"StopTimeout", 0},
            {"HostConfig", {{"NetworkMode", network}}}};
}

}  // namespace

TEST_CASE("down with a foreign container on the network removes the rest and names it") {
    wipe(id);
    REQUIRE(run(up(document())).code == 0);
    {
        const Thing guest("/containers/create?name=a-guest", sleeper("pivot-" + id),
                          "/containers/a-guest");
        support::engine_post("/containers/a-guest/start");
        const Ended ended = run(down(id));
        INFO(ended.err);
        CHECK(ended.code == 1);
        CHECK(ended.err.find("error: ") != std::string::npos);
        CHECK(ended.err.find("a-guest") != std::string::npos);
        CHECK(support::belongings(id)["containers"] == Json::object());
        CHECK(guest.now()["State"]["Running"] == true);
    }
    const Ended ended = run(down(id));
    CHECK(ended.code == 0);
    CHECK(differs(id, nothing(), everything_on_the_engine()).value_or("").empty());
}

TEST_CASE("an up that has to make its network anew finds a foreign container on it beforehand") {
    wipe(id);
    REQUIRE(run(up(document())).code == 0);
    const Thing theirs("/containers/create?name=theirs", sleeper("pivot-" + id),
                       "/containers/theirs");
    support::engine_post("/containers/theirs/start");
    const auto before = support::container_ids(id);
    Json next = document();
    Json joins = container("joins");
    joins["network_mode"] = "host";
    joins["env"] = {{"DB", "@db"}};
    next["containers"].push_back(joins);
    const Ended refused = run(up(next));
    CHECK(refused.code == 1);
    CHECK(refused.err ==
          "error: the network `pivot-foreign` cannot go: `theirs` runs on it and is not in the "
          "document\n"
          "hint: nothing was changed; stop it with `docker stop theirs`, then run `pivot up` "
          "again\n");
    CHECK(support::container_ids(id) == before);

    support::engine_post("/containers/theirs/stop");
    CHECK(run(up(next)).code == 0);
    wipe(id);
}

TEST_CASE("down takes the network from a foreign container that never ran, and leaves that alone") {
    wipe(id);
    REQUIRE(run(up(document())).code == 0);
    const Thing guest("/containers/create?name=a-guest", sleeper("pivot-" + id),
                      "/containers/a-guest");
    const Ended ended = run(down(id));
    INFO(ended.err);
    CHECK((ended.code == 0 || ended.code == 1));
    CHECK(support::belongings(id)["containers"] == Json::object());
    CHECK(guest.now()["State"]["Status"] == "created");
    wipe(id);
}

TEST_CASE("a foreign container with a needed name is named and left alone") {
    wipe(id);
    const std::set<std::string> others = everything_on_the_engine();
    {
        const Thing taken("/containers/create?name=" + id + ".web.1", sleeper("none"),
                          "/containers/" + id + ".web.1");
        const Json before = taken.now();
        const Ended ended = run(up(document()));
        INFO(ended.err);
        CHECK(ended.code == 1);
        CHECK(ended.err.find("`foreign.web.1`") != std::string::npos);
        CHECK(taken.now() == before);
        CHECK(support::belongings(id)["containers"] == Json::object());
    }
    CHECK(run(up(document())).code == 0);
    CHECK(differs(id, whole(), others).value_or("").empty());
    wipe(id);
}

TEST_CASE("a foreign network with the needed name is named and left alone") {
    wipe(id);
    const Thing taken("/networks/create", {{"Name", "pivot-" + id}}, "/networks/pivot-" + id);
    const Json before = taken.now();
    const Ended ended = run(up(document()));
    INFO(ended.err);
    CHECK(ended.code == 1);
    CHECK(ended.err.find("`pivot-foreign`") != std::string::npos);
    CHECK(taken.now() == before);
    CHECK(support::belongings(id)["containers"] == Json::object());
}

TEST_CASE("a network with the appliance's label and another name is foreign") {
    wipe(id);
    const Thing theirs("/networks/create",
                       {{"Name", "a-network"}, {"Labels", {{"pivot.appliance", id}}}},
                       "/networks/a-network");
    const Json before = theirs.now();
    CHECK(run(up(document())).code == 0);
    const Json web = support::engine_get("/containers/" + id + ".web.1/json");
    CHECK(web["NetworkSettings"]["Networks"].contains("pivot-" + id));
    const auto made = support::container_ids(id);
    CHECK(run(up(document())).code == 0);
    CHECK(support::container_ids(id) == made);
    CHECK(run(down(id)).code == 0);
    CHECK(theirs.now() == before);
    CHECK(run({{"status", id}}).code == 4);
}

TEST_CASE("down --purge keeps a volume that has the appliance's label and a name of its own") {
    wipe(id);
    const Json labels = {{"pivot.appliance", id}};
    const Thing theirs("/volumes/create", {{"Name", "backup-of-foreign"}, {"Labels", labels}},
                       "/volumes/backup-of-foreign");
    support::engine_post("/volumes/create", {{"Name", id + ".data"}, {"Labels", labels}});
    const Json before = theirs.now();
    REQUIRE(run(up(document())).code == 0);
    Command purge = down(id);
    purge.arguments.emplace_back("--purge");
    CHECK(run(purge).code == 0);
    CHECK(theirs.now() == before);
    CHECK(support::belongings(id)["volumes"] == Json{"backup-of-foreign"});
    CHECK(run(purge).code == 4);
}

TEST_CASE("words that nobody knows in a foreign container keep nobody from deploying") {
    wipe(id);
    const std::string list =
        Json::array(
            {{{"Id", std::string(64, 'a')},
              {"Names", {"/dreamer"}},
              {"Image", "dreams"},
              {"ImageID", "md5:1"},
              {"State", "dreaming"},
              {"Status", "Dreaming (deeply)"},
              {"Labels", Json::object()},
              {"Ports",
               {{{"IP", "::1%lo"}, {"PrivatePort", 80}, {"PublicPort", 80}, {"Type", "quic"}}}},
              {"NetworkSettings",
               {{"Networks", {{"n", {{"NetworkID", "n/1"}, {"IPAddress", "fd00::1"}}}}}}}}})
            .dump();
    Fault fault;
    fault.kind = Kind::answered;
    fault.target = "/containers/json?all=1&filters=%7B%7D";
    fault.reply = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(list.size()) + "\r\nConnection: close\r\n\r\n" + list;
    {
        const Proxy proxy(fault);
        const Ended ended = run(up(document()), proxy.url());
        INFO(ended.err << to_text(proxy.log().calls()));
        CHECK(ended.code == 0);
        CHECK(proxy.log().wait_until_struck());
    }
    wipe(id);
}

TEST_CASE("a foreign volume with the record's name is not taken for the record") {
    wipe(id);
    const Thing taken("/volumes/create", {{"Name", "pivot." + id + ".1"}},
                      "/volumes/pivot." + id + ".1");
    const Json before = taken.now();
    const Ended ended = run(up(document()));
    INFO(ended.err);
    CHECK(taken.now() == before);
    if (ended.code == 0) {  // then under another number
        CHECK(support::belongings(id)["volumes"].size() == 1);
        CHECK(run({{"status", id}}).code == 0);
        CHECK(run(down(id)).code == 0);
        CHECK(taken.now() == before);
    } else {
        CHECK(ended.code == 1);
        CHECK(ended.err.find("`pivot.foreign.1`") != std::string::npos);
    }
    wipe(id);
}

TEST_CASE("a container of an image that was committed from ours is foreign") {
    wipe(id);
    REQUIRE(run(up(document())).code == 0);
    support::engine_post("/commit?container=" + id + ".db.1&repo=backup-of-db");
    {
        Json copy = sleeper("bridge");
        copy["Image"] = "backup-of-db";
        const Thing theirs("/containers/create?name=a-copy", copy, "/containers/a-copy");
        support::engine_post("/containers/a-copy/start");
        REQUIRE(theirs.now()["Config"]["Labels"]["pivot.appliance"] == id);
        const Ended again = run(up(document()));
        INFO(again.err);
        CHECK(again.code == 0);
        const Ended gone = run(down(id));
        CHECK(gone.code == 0);
        CHECK(theirs.now()["State"]["Status"] == "running");
        CHECK(run({{"status", id}}).code == 4);
    }
    support::engine_delete("/images/backup-of-db");
}

TEST_CASE("an orphan that is kept keeps its network too, or is named before anything changes") {
    wipe(id);
    REQUIRE(run(up(document())).code == 0);
    Json joins = container("joins");
    joins["network_mode"] = "host";
    joins["env"] = {{"DB", "@db"}};
    const Json next = {{"id", id}, {"containers", {container("db"), joins}}};
    const auto before = support::container_ids(id);
    const Ended refused = run(up(next, {"--keep-orphans"}));
    INFO(refused.err);
    CHECK(refused.code == 1);
    CHECK(refused.err.find("`" + id + ".web.1`") != std::string::npos);
    CHECK(support::container_ids(id) == before);
    CHECK(run(up(next)).code == 0);
    wipe(id);
}

TEST_CASE("what a killed up of another document asked for and comes late is made anew") {
    wipe(id);
    Fault slow;
    slow.kind = Kind::delayed;
    slow.target = "/containers/create?name=" + id + ".web.1";
    const Proxy proxy(slow);
    const auto process = start(up(document()), proxy.url());
    REQUIRE(proxy.log().wait_until_struck());
    support::engine_post("/containers/create?name=" + id + ".web.1",
                         {{"Image", "pivot-test"},
                          {"Labels",
                           {{"pivot.appliance", id},
                            {"pivot.container", "web"},
                            {"pivot.instance", "1"},
                            {"pivot.fingerprint", "1-0"}}}});
    const Ended ended = process->wait();
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(differs(id, whole(), everything_on_the_engine()).value_or("").empty());
    wipe(id);
}

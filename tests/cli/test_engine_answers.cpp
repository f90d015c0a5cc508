#include <string_view>

#include <fmt/format.h>

#include "catch.hpp"
#include "cli/folder.hpp"
#include "cli/socket.hpp"

using support::Ended;
using support::pivot;

namespace {

std::string reply(int status, std::string_view body) {
    return fmt::format(
        "HTTP/1.1 {} Said\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
        status, body.size(), body);
}

// An engine with an appliance of one container without ports, and the network of another whose
// container is gone, on which something else runs.
std::string as_engine(const std::string& request) {
    const auto asks = [&](std::string_view what) {
        return request.find(what) != std::string::npos;
    };
    if (asks("/_ping")) {
        return reply(200, "OK");
    }
    if (asks("/images/there")) {
        return reply(
            200,
            R"({"Id": "sha256:4444444444444444444444444444444444444444444444444444444444444444"})");
    }
    if (asks("/images/")) {
        return reply(404, R"({"message": "No such image"})");
    }
    if (asks("DELETE ")) {
        return reply(403, R"({"message": "network pivot-old has active endpoints"})");
    }
    if (asks("/networks/1111")) {
        return reply(
            200,
            R"({"Id": "1111111111111111111111111111111111111111111111111111111111111111", "Name": "pivot-old", "Driver": "bridge",
            "Containers": {"3333333333333333333333333333333333333333333333333333333333333333": {"Name": "foreign"}}})");
    }
    if (asks("/containers/json") && asks("shop")) {
        return reply(
            200,
            R"([{"Id": "2222222222222222222222222222222222222222222222222222222222222222", "Names": ["/shop.db.1"], "Image": "postgres",
            "ImageID": "sha256:4444444444444444444444444444444444444444444444444444444444444444", "State": "running", "Status": "Up", "Ports": [],
            "Labels": {"pivot.appliance": "shop", "pivot.container": "db", "pivot.instance": "1"}}])");
    }
    if (asks("/networks?") && asks("old")) {
        return reply(
            200,
            R"([{"Id": "1111111111111111111111111111111111111111111111111111111111111111", "Name": "pivot-old", "Driver": "bridge",
            "Labels": {"pivot.appliance": "old"}}])");
    }
    return reply(200, asks("/volumes") ? R"({"Volumes": []})" : "[]");
}

Ended ask(std::vector<std::string> arguments) {
    const Folder folder;
    const Socket engine(folder.path("docker.sock"), as_engine);
    arguments.insert(arguments.end(),
                     {"-o", "json", "-q", "-H", "unix://" + folder.path("docker.sock")});
    return pivot(std::move(arguments));
}

}  // namespace

TEST_CASE("as JSON a container without an endpoint has an empty list of them") {
    const Ended of_container = ask({"port", "shop", "db"});
    CHECK(of_container.code == 1);
    CHECK(of_container.out == "{\n  \"endpoints\": []\n}\n");
    CHECK(of_container.err.starts_with("error: `db` has no endpoint\n"));
    const Ended of_nobody = ask({"port", "shop", "web"});
    CHECK(of_nobody.code == 1);
    CHECK(of_nobody.out == "{\n  \"endpoints\": []\n}\n");
    CHECK(of_nobody.err == "error: `shop` has no container `web`\nhint: it has `db`\n");
}

TEST_CASE("as JSON a down that could not take all away tells what it took") {
    const Ended ended = ask({"down", "old"});
    CHECK(ended.code == 1);
    CHECK(ended.out == R"({
  "id": "old",
  "removed": {
    "containers": 0,
    "networks": 0,
    "volumes": 0
  },
  "kept_volumes": []
}
)");
    CHECK(ended.err ==
          "error: the network `pivot-old` cannot go: `foreign` runs on it and is not this "
          "appliance's\n"
          "hint: all else is gone; stop it with `docker stop foreign`, then run `pivot down old` "
          "again\n");
}

TEST_CASE("as JSON there is nothing of an appliance that is not there") {
    for (const char* command : {"down", "status"}) {
        const Ended ended = ask({command, "nobody"});
        CHECK(ended.code == 4);
        CHECK(ended.out.empty());
    }
}

TEST_CASE("a plan with --pull never tells of a missing image what up would tell") {
    const Folder folder;
    const Socket engine(folder.path("docker.sock"), as_engine);
    const std::string file = folder.write("a.json", R"({ "id": "new", "containers": [
    { "id": "db", "image": "postgres" } ] }
)");
    const auto plan = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"a.json", "-H", "unix://" + folder.path("docker.sock")});
        return folder.pivot(std::move(arguments));
    };
    CHECK(plan({"plan"}).out ==
          "new: 1 to create\n\n  + db.1  create\n\nimage to pull:\n  postgres\n");
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"plan", "--pull", "never"},
          std::vector<std::string>{"up", "--dry-run", "--pull", "never"},
          std::vector<std::string>{"up", "--pull", "never", "-q"}}) {
        const Ended ended = plan(command);
        CHECK(ended.code == 1);
        CHECK(ended.out.empty());
        CHECK(ended.err ==
              "error: image `postgres` is not on this engine, and --pull never forbids to pull "
              "it\n"
              "  --> a.json:2:28\n"
              "hint: nothing was changed; leave out --pull never, or bring the image with `docker "
              "load`\n");
    }
}

TEST_CASE("a plan pulls what the containers' own policies say") {
    const Folder folder;
    const Socket engine(folder.path("docker.sock"), as_engine);
    const auto plan = [&](const std::string& policy) {
        (void)folder.write("a.json",
                           fmt::format(R"({{ "id": "new", "containers": [
    {{ "id": "db", "image": "{}", "pull_policy": "{}" }} ] }}
)",
                                       policy == "always" ? "there" : "postgres", policy));
        return folder.pivot({"plan", "a.json", "-H", "unix://" + folder.path("docker.sock")});
    };
    CHECK(plan("always").out ==
          "new: 1 to create\n\n  + db.1  create\n\nimage to pull:\n  there\n");
    CHECK(plan("missing").out ==
          "new: 1 to create\n\n  + db.1  create\n\nimage to pull:\n  postgres\n");
    const Ended never = plan("never");
    CHECK(never.code == 1);
    CHECK(never.out.empty());
    CHECK(never.err.starts_with("error: image `postgres` is not on this engine, and "));
}

TEST_CASE(
    "two images that cannot be pulled are both named, though the engine says nothing of one") {
    const Folder folder;
    const Socket engine(folder.path("docker.sock"), [](const std::string& request) {
        const auto asks = [&](std::string_view what) {
            return request.find(what) != std::string::npos;
        };
        if (asks("/images/create?fromImage=one")) {
            return reply(404, R"({"message": "pull access denied for one"})");
        }
        return asks("/images/create") ? std::string() : as_engine(request);
    });
    const Ended up = support::run(
        {.command = {PIVOT_BINARY, "up", "-", "-H", "unix://" + folder.path("docker.sock")},
         .input = R"({"id": "new", "containers": [{"id": "a", "image": "one"},
                     {"id": "b", "image": "two"}]})"});
    CHECK(up.code == 1);
    CHECK(up.err.find("error: image `one` cannot be pulled: ") != std::string::npos);
    CHECK(up.err.find("error: could not pull the image `two`: the engine did not finish ") !=
          std::string::npos);
}

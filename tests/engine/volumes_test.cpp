// What containers write outlives them: host folders, persistent volumes, what an image declares.

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

Json volume_called(const std::string& name) {
    Json volume = engine_get("/volumes/" + name);
    return {{"Name", volume["Name"]},
            {"Driver", volume["Driver"]},
            {"Labels", volume["Labels"]},
            {"Options", volume["Options"]}};
}

Json web_with_data() {
    Json web = container("web");
    web["volumes"] = Json::array({data_mount()});
    return {{"data_persistence", data_volume()}, {"containers", {web}}};
}

// A folder of the engine's machine.
class Folder {
public:
    Folder() {
        std::string name = "/tmp/pivot-volume-XXXXXX";
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::string text_of(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a host folder can be written, and only read where it says so") {
    const Folder folder;
    std::ofstream(folder.path() + "/greeting") << "hello\n";
    const Deployed shop("folders");
    Json web = container("web");
    web["volumes"] = {{{"src", folder.path()}, {"dest", "/rw"}},
                      {{"src", folder.path()}, {"dest", "/ro"}, {"type", "host"}, {"mode", "RO"}},
                      {{"host_path", folder.path()}, {"container_path", "/older"}, {"mode", "ro"}}};
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(engine_exec("folders.web.1", {"cat", "/rw/greeting", "/ro/greeting",
                                        "/older/greeting"}) == "hello\nhello\nhello\n");
    CHECK(engine_exec("folders.web.1", {"sh", "-c", "echo bye > /rw/greeting"}).empty());
    CHECK(text_of(folder.path() + "/greeting") == "bye\n");
    for (const char* path : {"/ro/new", "/older/new"}) {
        CHECK(engine_exec("folders.web.1", {"touch", path}) ==
              "touch: " + std::string(path) + ": Read-only file system\n");
    }
}

TEST_CASE("a host folder that is not there is found before anything is made", "[newer]") {
    const Deployed shop("no-folder");
    const std::string document = R"({ "id": "no-folder", "containers": [ {
  "id": "web",
  "image": "pivot-test",
  "instances": 2,
  "cmd": "sleep 1000",
  "volumes": [
    { "src": "/tmp", "dest": "/tmp" },
    { "src": "/tmp/pivot-nowhere", "dest": "/data" }
  ]
} ] })";
    const std::string told =
        "error: container `web` is to see `/tmp/pivot-nowhere`, which the engine's machine does "
        "not have\n"
        "  --> <stdin>:8:14\n"
        "hint: nothing was changed; make it there with `mkdir -p /tmp/pivot-nowhere`, or write "
        "another path\n";
    for (const char* command : {"plan", "up"}) {
        const Ended ended = pivot({command, "-"}, document);
        CHECK(ended.code == 1);
        CHECK(ended.err == told);
        CHECK(belongings("no-folder") == Json{{"containers", Json::object()},
                                              {"networks", Json::array()},
                                              {"volumes", Json::array()}});
    }
    CHECK_FALSE(std::filesystem::exists("/tmp/pivot-nowhere"));
}

TEST_CASE("what an image declares oddly as its volumes is kept too, and once", "[newer]") {
    const Deployed shop("odd-volumes");
    engine_post("/containers/create?name=odd-image", {{"Image", "pivot-test"}});
    const Json volumes = {{"data", Json::object()}, {"/data/", Json::object()}};
    engine_post("/commit?container=odd-image&repo=odd-volumes", {{"Volumes", volumes}});
    engine_delete("/containers/odd-image");
    Json web = container("web");
    web["image"] = "odd-volumes";
    const Ended up = shop.up({{"containers", {web}}});
    CHECK(up.err.find("error") == std::string::npos);
    CHECK(up.code == 0);
    (void)engine_exec("odd-volumes.web.1", {"sh", "-c", "echo kept > /data/file"});
    REQUIRE(shop.up({{"containers", {web}}}, {"--recreate"}).code == 0);
    CHECK(engine_exec("odd-volumes.web.1", {"cat", "/data/file"}) == "kept\n");
    CHECK(belongings("odd-volumes")["volumes"] ==
          Json{"odd-volumes.web.1.data-", "pivot.odd-volumes.1"});
    CHECK(pivot({"down", "odd-volumes", "--purge"}).code == 0);
    CHECK(belongings("odd-volumes")["volumes"].empty());
    engine_delete("/images/odd-volumes");
}

TEST_CASE("a volume that was made with other options is told, and stays as it is", "[newer]") {
    const Deployed shop("remade");
    const auto entry = [](const std::string& size) {
        return R"({ "id": "data", "driver_opts": { "type": "tmpfs", "device": "tmpfs", "o": "size=)" +
               size + R"(" } })";
    };
    const auto document = [&](const std::string& size) {
        return R"({ "id": "remade",
  "data_persistence": { "volumes": [
    )" + entry(size) +
               R"( ] },
  "containers": [
    { "id": "db", "image": "pivot-test", "cmd": "sleep 1000", "stop_grace_period": "1s",
      "volumes": [ { "src": "data", "dest": "/data" } ] }
  ] })";
    };
    const std::string told =
        "warning: volume `remade.data` was made with other `driver_opts` (`o`), and stays as it "
        "is\n"
        "  --> <stdin>:3:5\n"
        "  |\n"
        "3 |     " +
        entry("9m") +
        " ] },\n"
        "  |     " +
        std::string(entry("9m").size(), '^') +
        "\n"
        "hint: an engine changes no volume: `pivot down remade --purge` removes it with its data, "
        "another `id` makes a new one\n";
    REQUIRE(pivot({"up", "-"}, document("1m")).code == 0);
    CHECK(pivot({"up", "-"}, document("1m")).err.find("warning") == std::string::npos);
    for (const char* command : {"plan", "up"}) {
        const Ended ended = pivot({command, "-"}, document("9m"));
        CHECK(ended.code == 0);
        CHECK(ended.err.substr(0, told.size()) == told);
    }
    CHECK(volume_called("remade.data")["Options"]["o"] == "size=1m");
    CHECK(pivot({"down", "remade", "--purge"}).code == 0);
    const Ended anew = pivot({"up", "-"}, document("9m"));
    CHECK(anew.err.find("warning") == std::string::npos);
    CHECK(volume_called("remade.data")["Options"]["o"] == "size=9m");
    CHECK(pivot({"down", "remade", "--purge"}).code == 0);
}

TEST_CASE("down keeps volumes with their data, and purging removes the appliance's own alone",
          "[newer]") {
    const Deployed shop("data");
    Json document = web_with_data();
    document["data_persistence"]["volumes"].push_back(
        {{"id", "pivot-shared"}, {"scope", "global"}});
    document["containers"][0]["volumes"].push_back(
        {{"src", "pivot-shared"}, {"dest", "/shared"}, {"type", "persistent"}, {"mode", "RO"}});
    const Ended up = shop.up(document);
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(volume_called("data.data") == Json{{"Name", "data.data"},
                                             {"Driver", "local"},
                                             {"Labels", {{"pivot.appliance", "data"}}},
                                             {"Options", nullptr}});
    CHECK(volume_called("pivot-shared") == Json{{"Name", "pivot-shared"},
                                                {"Driver", "local"},
                                                {"Labels", nullptr},
                                                {"Options", nullptr}});
    (void)engine_exec("data.web.1", {"sh", "-c", "echo kept > /data/file"});
    CHECK(engine_exec("data.web.1", {"touch", "/shared/file"}) ==
          "touch: /shared/file: Read-only file system\n");

    const Ended down = pivot({"down", "data"});
    CHECK(down.code == 0);
    CHECK(down.out ==
          "data is gone: 1 container and 1 network removed; volume data.data kept (`--purge` "
          "removes it)\n");
    REQUIRE(shop.up(document).code == 0);
    CHECK(engine_exec("data.web.1", {"cat", "/data/file"}) == "kept\n");

    CHECK(pivot({"down", "data", "--purge"}).code == 0);
    CHECK(belongings("data")["volumes"].empty());
    CHECK(volume_called("pivot-shared")["Name"] == "pivot-shared");
    engine_delete("/volumes/pivot-shared");
}

TEST_CASE("a volume's driver gets its options") {
    const Deployed shop("driver");
    Json document = web_with_data();
    document["data_persistence"] = {
        {"volume_type", "local"},
        {"driver_opts", {{"type", "tmpfs"}, {"device", "tmpfs"}, {"o", "size=8m"}}},
        {"volumes", Json::array({{{"id", "data"}}})}};
    const Ended up = shop.up(document);
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(volume_called("driver.data")["Options"] ==
          Json{{"type", "tmpfs"}, {"device", "tmpfs"}, {"o", "size=8m"}});
    CHECK(engine_exec("driver.web.1", {"sh", "-c", "grep -c '^tmpfs /data tmpfs ' /proc/mounts"}) ==
          "1\n");
}

TEST_CASE("what an image keeps in its own volume outlives update, down and up", "[newer]") {
    const Deployed shop("image-volume");
    Json document = {{"containers", {container("db")}}};
    document["containers"][0]["image"] = "pivot-volume";
    document["containers"][0]["instances"] = 2;
    const Ended up = shop.up(document);
    INFO(up.err);
    REQUIRE(up.code == 0);
    const Json volumes = {"image-volume.db.1.data", "image-volume.db.2.data",
                          "pivot.image-volume.1"};
    CHECK(belongings("image-volume")["volumes"] == volumes);
    for (const char* number : {"1", "2"}) {
        (void)engine_exec(std::string("image-volume.db.") + number,
                          {"sh", "-c", std::string("echo ") + number + " > /data/file"});
    }
    const auto is_there = [] {
        return engine_exec("image-volume.db.1", {"cat", "/data/file"}) +
               engine_exec("image-volume.db.2", {"cat", "/data/file"});
    };
    document["containers"][0]["env"] = {{"VERSION", "2"}};
    REQUIRE(shop.up(document).code == 0);
    CHECK(is_there() == "1\n2\n");
    REQUIRE(pivot({"down", "image-volume"}).code == 0);
    REQUIRE(shop.up(document).code == 0);
    CHECK(is_there() == "1\n2\n");
    CHECK(belongings("image-volume")["volumes"] == volumes);
    CHECK(pivot({"down", "image-volume", "--purge"}).code == 0);
    CHECK(belongings("image-volume")["volumes"].empty());
}

TEST_CASE("where the document mounts an image's volume, no other is made") {
    const Deployed shop("mounted");
    Json document = web_with_data();
    document["containers"][0]["image"] = "pivot-volume";
    REQUIRE(shop.up(document).code == 0);
    CHECK(belongings("mounted")["volumes"] == Json{"mounted.data", "pivot.mounted.1"});
}

TEST_CASE("a foreign volume with a needed name is named and left alone") {
    for (const char* image : {"pivot-test", "pivot-volume"}) {
        const Deployed shop("taken");
        const bool own = image == std::string("pivot-test");
        const std::string name = own ? "taken.data" : "taken.web.1.data";
        engine_post("/volumes/create", {{"Name", name}});
        Json document = web_with_data();
        if (!own) {
            document = {{"containers", {container("web")}}};
        }
        document["containers"][0]["image"] = image;
        const Ended up = shop.up(document);
        CHECK(up.code == 1);
        CHECK(up.err == "error: a volume called `" + name +
                            "` is there already and does not belong to this appliance\n"
                            "hint: look at it with `docker volume inspect " +
                            name + "`, or give the appliance another `id`\n");
        CHECK(belongings("taken") == Json{{"containers", Json::object()},
                                          {"networks", Json::array()},
                                          {"volumes", Json::array()}});
        engine_delete("/volumes/" + name);
    }
}

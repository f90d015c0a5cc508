// What `up` asks the engine for when an image is missing, and what it says when the engine is lost.

#include <algorithm>
#include <filesystem>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "catch.hpp"
#include "support/engine.hpp"
#include "support/unix_socket.hpp"

using namespace support;

namespace {

Json with_image(const std::string& id, const std::string& image, const Json& platform) {
    Json json = container(id);
    json["image"] = image;
    if (!platform.is_null()) {
        json["platform"] = platform;
    }
    return json;
}

// The targets of the pulls that `-v` told, sorted.
std::vector<std::string> pulls(const Ended& ended) {
    std::vector<std::string> targets;
    const std::string before = "POST /images/create?";
    for (std::size_t at = 0; (at = ended.err.find(before, at)) != std::string::npos;) {
        at += before.size();
        targets.push_back(ended.err.substr(at, ended.err.find(' ', at) - at));
    }
    std::sort(targets.begin(), targets.end());
    return targets;
}

// An engine that has no image, and is gone when it is asked to pull one.
class LostAtPull {
public:
    LostAtPull() : listener_(listen_at(path_)), serving_([this] { serve(); }) {}
    LostAtPull(const LostAtPull&) = delete;
    LostAtPull& operator=(const LostAtPull&) = delete;
    ~LostAtPull() {
        shutdown(listener_, SHUT_RDWR);
        serving_.join();
        close(listener_);
        std::filesystem::remove(path_);
    }
    [[nodiscard]] std::string url() const { return "unix://" + path_; }

private:
    static std::string reply_to(const std::string& request) {
        const std::string head = "Api-Version: 1.41\r\nConnection: close\r\n\r\n";
        if (request.starts_with("GET /v1.41/images/")) {
            return "HTTP/1.1 404 Not Found\r\n" + head + R"({"message":"No such image"})";
        }
        return request.starts_with("GET /") ? "HTTP/1.1 200 OK\r\n" + head + "null" : "";
    }
    void serve() const {
        for (int connection = 0;
             (connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            std::string request(4096, '\0');
            const auto size = read(connection, request.data(), request.size());
            if (size > 0) {
                write_all(connection, reply_to(request));
            }
            close(connection);
        }
    }
    std::string path_ = "/tmp/pivot-lost-at-pull." + std::to_string(getpid());
    int listener_ = -1;
    std::thread serving_;
};

}  // namespace

TEST_CASE("an image is pulled for the platform that its containers are made for", "[newer]") {
    const Deployed shop("foreign-pull");
    const Ended up = shop.up({{"containers",
                               {with_image("web", "127.0.0.1:9/shop:2", nullptr),
                                with_image("arm", "127.0.0.1:9/shop:2", "linux/arm64"),
                                with_image("s390", "127.0.0.1:9/shop:2", "linux/s390x")}}},
                             {"-v"});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(pulls(up) ==
          std::vector<std::string>{"fromImage=127.0.0.1%3A9%2Fshop&tag=2&platform=linux%2Farm64"});
    const Ended anywhere =
        shop.up({{"containers", {with_image("web", "127.0.0.1:9/shop:2", nullptr)}}}, {"-v"});
    CHECK(pulls(anywhere) == std::vector<std::string>{"fromImage=127.0.0.1%3A9%2Fshop&tag=2"});
}

TEST_CASE("an engine that is lost at a pull is what is wrong, and not the image") {
    const LostAtPull engine;
    const Json document = {{"id", "lost"}, {"containers", {with_image("web", "shop:2", nullptr)}}};
    const Ended up = pivot({"up", "-", "-H", engine.url()}, document.dump());
    CHECK(up.code == 3);
    CHECK(up.out.empty());
    CHECK(up.err ==
          "pulling shop:2\n"
          "error: could not pull the image `shop:2`: the engine did not finish `POST "
          "/images/create`: the connection was closed before the reply\n"
          "  --> <stdin>:1:97\n"
          "hint: `systemctl status docker` tells how it is; then run the same command again\n");
}

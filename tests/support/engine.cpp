#include "support/engine.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <curl/curl.h>
#include <fmt/format.h>

#include "engine/log_frames.hpp"
#include "http/encode.hpp"
#include "http/socket_transport.hpp"
#include "http/unix_connector.hpp"

namespace support {
namespace {

http::Response exchange(http::Request request) {
    const char* host = std::getenv("DOCKER_HOST");
    if (host == nullptr) {
        throw std::runtime_error("DOCKER_HOST is not set: run this in scripts/with-engine");
    }
    base::Reactor reactor;
    http::SocketTransport transport(reactor,
                                    std::make_unique<http::UnixConnector>(
                                        std::string(host).substr(std::string("unix://").size())));
    std::optional<http::Reply> reply;
    const std::string call = http::summary(request);
    transport.send(std::move(request), [&](http::Reply result) { reply = std::move(result); });
    while (!reply) {
        reactor.run_once(base::Reactor::Clock::time_point::max());
    }
    if (!*reply) {
        throw std::runtime_error(fmt::format("{}: {}", call, reply->error().detail));
    }
    if ((*reply)->status >= 400) {
        throw std::runtime_error(fmt::format("{}: {} {}", call, (*reply)->status, (*reply)->body));
    }
    return **reply;
}

http::Response post(const std::string& target, const Json& body) {
    return exchange({.method = http::Method::post,
                     .target = target,
                     .headers = {{"Content-Type", "application/json"}},
                     .body = body.dump()});
}

Json labelled(const std::string& path, const std::string& appliance) {
    return engine_get(
        fmt::format("{}filters={}", path,
                    http::encode(Json({{"label", {"pivot.appliance=" + appliance}}}).dump())));
}

std::size_t append(char* data, std::size_t, std::size_t size, void* text) {
    static_cast<std::string*>(text)->append(data, size);
    return size;
}

}  // namespace

Json engine_get(const std::string& target) {
    return Json::parse(exchange({.target = target}).body);
}

Json engine_post(const std::string& target, const Json& body) {
    const std::string reply = post(target, body).body;
    return reply.empty() ? Json() : Json::parse(reply);
}

void engine_delete(const std::string& target) {
    (void)exchange({.method = http::Method::del, .target = target});
}

std::string engine_exec(const std::string& container, const std::vector<std::string>& command) {
    const Json created =
        engine_post(fmt::format("/containers/{}/exec", container),
                    {{"Cmd", command}, {"AttachStdout", true}, {"AttachStderr", true}});
    const std::string reply = post(fmt::format("/exec/{}/start", created["Id"].get<std::string>()),
                                   {{"Detach", false}, {"Tty", false}})
                                  .body;
    engine::LogFrames frames(engine::LogFrames::Shape::framed);
    std::string text = frames.take(reply);
    return text + frames.finish();
}

Json belongings(const std::string& appliance) {
    Json result = {
        {"containers", Json::object()}, {"networks", Json::array()}, {"volumes", Json::array()}};
    for (const Json& container : labelled("/containers/json?all=1&", appliance)) {
        result["containers"][container["Names"][0].get<std::string>().substr(1)] =
            container["State"];
    }
    for (const Json& network : labelled("/networks?", appliance)) {
        result["networks"].push_back(network["Name"]);
    }
    const Json volumes = labelled("/volumes?", appliance);
    if (volumes["Volumes"].is_array()) {
        for (const Json& volume : volumes["Volumes"]) {
            result["volumes"].push_back(volume["Name"]);
        }
    }
    std::sort(result["networks"].begin(), result["networks"].end());
    std::sort(result["volumes"].begin(), result["volumes"].end());
    return result;
}

std::map<std::string, std::string> container_ids(const std::string& appliance) {
    std::map<std::string, std::string> ids;
    for (const Json& container : labelled("/containers/json?all=1&", appliance)) {
        ids[container["Names"][0].get<std::string>().substr(1)] = container["Id"];
    }
    return ids;
}

std::vector<std::string> container_events(const std::string& appliance) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const Json filters = {{"type", {"container"}},
                          {"label", {"pivot.appliance=" + appliance}},
                          {"event", {"create", "stop", "start", "rename", "destroy"}}};
    const std::string text =
        exchange(
            {.target = fmt::format("/events?since=1&until={}.{:09}&filters={}",
                                   std::chrono::duration_cast<std::chrono::seconds>(now).count(),
                                   (std::chrono::duration_cast<std::chrono::nanoseconds>(now) %
                                    std::chrono::seconds(1))
                                       .count(),
                                   http::encode(filters.dump()))})
            .body;
    std::vector<std::string> events;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const Json event = Json::parse(line);
        const std::string name = event["Actor"]["Attributes"]["name"];
        events.push_back(event["Action"].get<std::string>() + " " +
                         name.substr(appliance.size() + 1));
    }
    return events;
}

bool eventually(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return true;
}

std::string fetch(const std::string& url) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    CURL* handle = curl_easy_init();
    std::string body;
    CURLcode code = CURLE_OK;
    do {  // an engine's port answers before the program behind it listens
        body.clear();
        curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
        curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
        curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 2000L);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
        code = curl_easy_perform(handle);
    } while (code != CURLE_OK && std::chrono::steady_clock::now() < deadline);
    curl_easy_cleanup(handle);
    if (code != CURLE_OK) {
        throw std::runtime_error(fmt::format("{}: {}", url, curl_easy_strerror(code)));
    }
    return body;
}

Deployed::~Deployed() {
    (void)pivot({"down", id_, "--if-exists", "--purge", "--stop-timeout", "0"});
}

Ended Deployed::up(Json document, std::vector<std::string> options) const {
    document["id"] = id_;
    options.insert(options.begin(), {"up", "-"});
    return pivot(std::move(options), document.dump(2));
}

Json Deployed::status() const { return Json::parse(pivot({"status", id_, "-o", "json"}).out); }

Json container(const std::string& id, const std::string& cmd) {
    return {{"id", id}, {"image", "pivot-test"}, {"cmd", cmd}};
}

Json job(const std::string& id, const std::string& cmd) {
    Json result = container(id, cmd);
    result["type"] = "job";
    return result;
}

Json data_mount() { return {{"src", "data"}, {"dest", "/data"}}; }

Json data_volume() { return {{"volumes", Json::array({{{"id", "data"}}})}}; }

}  // namespace support

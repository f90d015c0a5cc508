// Stands in for Docker Engine and answers everything at once, so that what pivot itself costs can
// be measured with many containers.
//
//   bench-stand-in SOCKET
//
// Knows one appliance and no filters. Nothing runs: what was started counts as running for hours.

#include <cstdio>
#include <map>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/http_message.hpp"
#include "support/unix_socket.hpp"

namespace bench {
namespace {

using Json = nlohmann::json;

struct Container {
    std::string name;
    std::string image;
    std::string labels;  // JSON
    std::string network_mode;
    bool running = false;
};

std::string reply(int status, const std::string& body) {
    if (status == 204) {
        return "HTTP/1.1 204 No Content\r\nApi-Version: 1.41\r\n\r\n";
    }
    return fmt::format(
        "HTTP/1.1 {} X\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: "
        "{}\r\n\r\n{}",
        status, body.size(), body);
}

class Engine {
public:
    std::string answer(const std::string& method, const std::string& target,
                       const std::string& body) {
        const std::string path = target.substr(0, target.find('?'));
        const auto ends = [&](const char* end) { return path.ends_with(end); };
        if (ends("/_ping")) {
            return reply(200, "OK");
        }
        if (method == "GET") {
            return ends("/events")            ? events()
                   : ends("/containers/json") ? reply(200, container_list())
                   : ends("/networks")        ? reply(200, joined(networks_, "[", "]"))
                   : ends("/volumes")         ? reply(200, joined(volumes_, "{\"Volumes\":[", "]}"))
                   : ends("/info")            ? reply(200, "{\"NCPU\":2}")
                                              : look(path);
        }
        if (method == "DELETE") {
            const std::string name = last_of(path);
            for (auto* things : {&networks_, &volumes_}) {
                things->erase(name);
            }
            if (const auto found = names_.find(name); found != names_.end()) {
                containers_.erase(found->second);
                names_.erase(found);
            }
            containers_.erase(name);
            return reply(204, "");
        }
        if (ends("/create")) {
            return create(path, target, Json::parse(body));
        }
        if (Container* container = find(one_before_last_of(path)); container != nullptr) {
            container->running = container->running ? !ends("/stop") : ends("/start");
            return reply(ends("/update") ? 200 : 204, "{}");
        }
        return reply(404, "{\"message\":\"the stand-in knows nothing of this\"}");
    }

private:
    static std::string events() {
        return "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    static std::string last_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
    static std::string one_before_last_of(const std::string& path) {
        return last_of(path.substr(0, path.rfind('/')));
    }

    static std::string joined(const std::map<std::string, std::string>& things, std::string begin,
                              const char* end) {
        bool first = true;
        for (const auto& [name, text] : things) {
            begin += (first ? "" : ",") + text;
            first = false;
        }
        return begin + end;
    }

    Container* find(const std::string& name_or_id) {
        const auto name = names_.find(name_or_id);
        const auto found = containers_.find(name == names_.end() ? name_or_id : name->second);
        return found == containers_.end() ? nullptr : &found->second;
    }

    std::string new_id() { return fmt::format("{:064x}", ++last_id_); }

    std::string create(const std::string& path, const std::string& target, const Json& body) {
        if (path.ends_with("/volumes/create")) {
            const std::string name = body.at("Name");
            const std::string text =
                Json({{"Name", name}, {"Driver", "local"}, {"Labels", body.at("Labels")}}).dump();
            return reply(201, volumes_.emplace(name, text).first->second);
        }
        const std::string id = new_id();
        if (path.ends_with("/networks/create")) {
            networks_[id] =
                Json({{"Id", id}, {"Name", body.at("Name")}, {"Labels", body.at("Labels")}}).dump();
            return reply(201, fmt::format("{{\"Id\":\"{}\",\"Warning\":\"\"}}", id));
        }
        const std::string name = target.substr(target.find("name=") + 5);
        names_[name] = id;
        containers_[id] = {name, body.at("Image"), body.at("Labels").dump(),
                           body.at("HostConfig").value("NetworkMode", "default")};
        return reply(201, fmt::format("{{\"Id\":\"{}\",\"Warnings\":[]}}", id));
    }

    std::string container_list() const {
        std::string text = "[";
        for (const auto& [id, container] : containers_) {
            text += fmt::format(
                R"({}{{"Id":"{}","Names":["/{}"],"Image":"{}","ImageID":"{}","Created":1,"Ports":[],)"
                R"("Labels":{},"State":"{}","Status":"{}","HostConfig":{{"NetworkMode":"{}"}},)"
                R"("NetworkSettings":{{"Networks":{{}}}},"Mounts":[]}})",
                text.size() == 1 ? "" : ",", id, container.name, container.image, image_id_,
                container.labels, container.running ? "running" : "created",
                container.running ? "Up 2 hours" : "Created", container.network_mode);
        }
        return text + "]";
    }

    std::string look(const std::string& path) {
        if (path.find("/images/") != std::string::npos) {
            return reply(200, fmt::format("{{\"Id\":\"{}\",\"Config\":{{}}}}", image_id_));
        }
        return reply(404, "{\"message\":\"the stand-in knows nothing of this\"}");
    }

    std::string image_id_ = "sha256:" + std::string(64, 'a');
    std::map<std::string, Container> containers_;  // by ID
    std::map<std::string, std::string> names_;     // ID by name
    std::map<std::string, std::string> networks_;  // JSON by ID
    std::map<std::string, std::string> volumes_;   // JSON by name
    unsigned long last_id_ = 0;
};

void serve(int listener) {
    Engine engine;
    std::map<int, support::HttpMessage> requests;  // by connection
    static char buffer[65536];
    for (;;) {
        std::vector<pollfd> polled = {{listener, POLLIN, 0}};
        for (const auto& [connection, request] : requests) {
            polled.push_back({connection, POLLIN, 0});
        }
        poll(polled.data(), polled.size(), -1);
        if (polled[0].revents != 0) {
            requests.emplace(accept(listener, nullptr, nullptr),
                             support::HttpMessage(support::HttpMessage::Kind::request));
        }
        for (std::size_t i = 1; i < polled.size(); ++i) {
            if (polled[i].revents == 0) {
                continue;
            }
            const int connection = polled[i].fd;
            support::HttpMessage& request = requests.at(connection);
            const ssize_t count = read(connection, buffer, sizeof(buffer));
            bool open = count > 0;
            if (open) {
                request.take({buffer, static_cast<std::size_t>(count)});
            }
            if (open && request.complete()) {
                open = support::write_all(
                    connection, engine.answer(request.word(0), request.word(1), request.body()));
                request = support::HttpMessage(support::HttpMessage::Kind::request);
            }
            if (!open) {
                close(connection);
                requests.erase(connection);
            }
        }
    }
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench-stand-in SOCKET\n");
        return 2;
    }
    unlink(argv[1]);
    bench::serve(support::listen_at(argv[1]));
}

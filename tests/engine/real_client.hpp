#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/reactor.hpp"
#include "catch.hpp"
#include "engine/client.hpp"
#include "http/probes.hpp"

// The client against a real engine, at DOCKER_HOST, that has the image `pivot-test` (a shell, no
// entrypoint) and no way to a registry. scripts/with-engine starts one.
constexpr auto image = "pivot-test";
inline const engine::Labels ours = {{"pivot.test", "client"}};
inline const engine::Filters only_ours = {.labels = {"pivot.test=client"}};

inline engine::Address address() {
    const char* const host = std::getenv("DOCKER_HOST");
    REQUIRE(host != nullptr);
    return engine::Address::parse(host).value();
}

// A client with the reactor that it waits in, and probes in the same.
class RealClient {
public:
    explicit RealClient(std::function<void(const engine::Trace&)> trace = {})
        : reactor_(std::make_unique<base::Reactor>()),
          probes_(std::make_unique<http::Probes>(*reactor_)),
          client_(*reactor_, address(), std::move(trace)) {
        std::optional<engine::Result<engine::Done>> connected;
        client_.connect(
            [&](engine::Result<engine::Done> result) { connected = std::move(result); });
        run_until([&] { return connected.has_value(); });
        REQUIRE(*connected);
    }

    template <class T>
    engine::Result<T> get(engine::Call<T> call) {
        std::optional<engine::Result<T>> result;
        send(std::move(call), [&](engine::Result<T> reply) { result = std::move(reply); });
        run_until([&] { return result.has_value(); });
        return std::move(*result);
    }
    template <class T>
    void send(engine::Call<T> call,
              std::type_identity_t<std::function<void(engine::Result<T>)>> done) {
        client_.send(std::move(call), std::move(done));
    }
    template <class T>
    [[nodiscard]] engine::StreamHandle stream(
        engine::StreamCall<T> call, const std::function<void()>& on_open,
        std::type_identity_t<std::function<void(T)>> on_item,
        const std::function<void(std::optional<engine::Error>)>& on_end) {
        return client_.stream(std::move(call), on_open, std::move(on_item), on_end);
    }
    void probe(const http::ProbeTarget& target, std::function<void(http::ProbeResult)> done) {
        probes_->start(target, std::move(done));
    }
    void run_once(std::chrono::milliseconds at_most) {
        reactor_->run_once(base::Reactor::Clock::now() + at_most);
    }

    [[nodiscard]] engine::Client& client() { return client_; }
    [[nodiscard]] base::Reactor& reactor() { return *reactor_; }
    [[nodiscard]] const std::string& api_version() const { return client_.api_version(); }

private:
    template <class Condition>
    void run_until(const Condition& holds) {
        while (!holds()) {
            reactor_->run_once(base::Reactor::Clock::time_point::max());
        }
    }

    std::unique_ptr<base::Reactor> reactor_;
    std::unique_ptr<http::Probes> probes_;
    engine::Client client_;
};

inline RealClient connect() { return RealClient(); }

template <class T>
T must(engine::Result<T> result) {
    if (!result) {
        const auto* const refused = std::get_if<engine::Refused>(&result.error());
        FAIL("error " << result.error().index() << ": "
                      << (refused ? refused->message : "no answer"));
    }
    return std::move(*result);
}

// Runs the client until `holds`, for 20 seconds at most.
template <class Condition>
bool eventually(RealClient& client, const Condition& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        client.run_once(std::chrono::milliseconds(20));
    }
    return true;
}

// Removes what a test made, whatever became of the test.
struct Cleanup {
    explicit Cleanup(RealClient& at) : client(at) {}
    Cleanup(const Cleanup&) = delete;
    Cleanup& operator=(const Cleanup&) = delete;
    ~Cleanup() {
        const auto containers = client.get(engine::api::list_containers(only_ours));
        for (const auto& container : *containers) {
            static_cast<void>(client.get(engine::api::remove_container(container.id)));
        }
        const auto networks = client.get(engine::api::list_networks(only_ours));
        for (const auto& network : *networks) {
            static_cast<void>(client.get(engine::api::remove_network(network.id)));
        }
        const auto volumes = client.get(engine::api::list_volumes(only_ours));
        for (const auto& volume : *volumes) {
            static_cast<void>(client.get(engine::api::remove_volume(volume.name)));
        }
    }
    RealClient& client;
};

inline engine::CreateContainer shell(const std::string& name, const std::string& script) {
    engine::CreateContainer container;
    container.name = name;
    container.image = image;
    container.cmd = {"sh", "-c", script};
    container.labels = ours;
    container.network_mode = "none";
    return container;
}

inline std::string started(RealClient& client, const engine::CreateContainer& container) {
    const auto created = must(client.get(engine::api::create_container(container)));
    must(client.get(engine::api::start_container(created.id)));
    return created.id;
}

inline engine::ContainerDetail inspected(RealClient& client, const std::string& id) {
    return must(client.get(engine::api::inspect_container(id)));
}

inline engine::ContainerSummary listed(RealClient& client, const std::string& id) {
    const auto containers = must(client.get(engine::api::list_containers(only_ours)));
    const auto found = std::ranges::find(containers, id, &engine::ContainerSummary::id);
    REQUIRE(found != containers.end());
    return *found;
}

inline bool has_exited(RealClient& client, const std::string& id) {
    return inspected(client, id).state == engine::ContainerState::exited;
}

// What a container that ends has written.
inline std::string output_of(RealClient& client, const std::string& id) {
    REQUIRE(eventually(client, [&] { return has_exited(client, id); }));
    return must(client.get(engine::api::last_log_lines(id, 100)));
}

template <class T>
std::string refusal(const engine::Result<T>& result) {
    REQUIRE_FALSE(result);
    REQUIRE(std::holds_alternative<engine::Refused>(result.error()));
    const auto& error = std::get<engine::Refused>(result.error());
    return std::to_string(error.status) + " " + error.message;
}

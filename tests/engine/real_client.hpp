#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "catch.hpp"
#include "engine/client.hpp"

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

inline engine::Client connect() { return engine::Client::connect(address()).value(); }

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
bool eventually(engine::Client& client, const Condition& holds) {
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
    explicit Cleanup(engine::Client& at) : client(at) {}
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
    engine::Client& client;
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

inline std::string started(engine::Client& client, const engine::CreateContainer& container) {
    const auto created = must(client.get(engine::api::create_container(container)));
    must(client.get(engine::api::start_container(created.id)));
    return created.id;
}

inline engine::ContainerDetail inspected(engine::Client& client, const std::string& id) {
    return must(client.get(engine::api::inspect_container(id)));
}

inline engine::ContainerSummary listed(engine::Client& client, const std::string& id) {
    const auto containers = must(client.get(engine::api::list_containers(only_ours)));
    const auto found = std::ranges::find(containers, id, &engine::ContainerSummary::id);
    REQUIRE(found != containers.end());
    return *found;
}

inline bool has_exited(engine::Client& client, const std::string& id) {
    return inspected(client, id).state == engine::ContainerState::exited;
}

// What a container that ends has written.
inline std::string output_of(engine::Client& client, const std::string& id) {
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

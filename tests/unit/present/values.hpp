#pragma once

#include <string>
#include <utility>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/status.hpp"
#include "plan/step.hpp"

// Short ways to write the values that the tests of this folder show.
namespace values {

inline appliance::ContainerId id(std::string text) {
    return appliance::ContainerId(std::move(text));
}

inline plan::Instance instance(std::string container, int number = 1) {
    return {id(std::move(container)), number};
}

inline appliance::Container container(std::string name, std::string image = "image",
                                      std::vector<appliance::ContainerId> needs = {}) {
    appliance::Container container;
    container.id = id(std::move(name));
    container.image = std::move(image);
    container.needs = std::move(needs);
    return container;
}

inline appliance::Container job(std::string name) {
    appliance::Container container = values::container(std::move(name));
    container.type = appliance::ContainerType::job;
    return container;
}

inline appliance::Appliance appliance_of(std::string name,
                                         std::vector<appliance::Container> containers) {
    return {appliance::ApplianceId(std::move(name)), std::move(containers)};
}

inline plan::Endpoint endpoint(std::uint16_t host_port, std::uint16_t container_port) {
    plan::Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.host_port = host_port;
    endpoint.container_port = container_port;
    return endpoint;
}

inline plan::ContainerStatus running(std::string name, std::vector<plan::Endpoint> endpoints = {}) {
    plan::ContainerStatus status;
    status.id = id(std::move(name));
    status.image = "image";
    status.state = plan::State::running;
    status.running = 1;
    status.endpoints = std::move(endpoints);
    return status;
}

inline plan::ApplianceStatus status(std::string name, plan::State state,
                                    std::vector<plan::ContainerStatus> containers) {
    return {appliance::ApplianceId(std::move(name)), state, std::move(containers),
            plan::ApplianceStatus::RecordState::current};
}

}  // namespace values

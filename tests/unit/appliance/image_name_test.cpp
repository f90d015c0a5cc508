#include "appliance/fields/image_name.hpp"

#include "catch.hpp"

using appliance::fault_of_image_name;

TEST_CASE("image names that the engine takes") {
    for (const char* name : {
             "nginx",
             "nginx:1.27",
             "heliumdatacommons/livy",
             "heliumdatacommons/helium-spark-r-worker:latest",
             "apache/spark:3.5.8-java17",
             "localhost/a",
             "localhost:5000/shop:2",
             "127.0.0.1:5000/a/b/c",
             "[::1]:5000/a",
             "registry.example.com/team/app__x/y.z-1",
             "a--b",
             "a_b",
             "a:_TAG.1-x",
             "sha256:0123456789012345678901234567890123456789012345678901234567890123",
             "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
             "a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
             "REGISTRY.example/app",
         }) {
        INFO(name);
        CHECK_FALSE(fault_of_image_name(name));
    }
}

TEST_CASE("image names that no engine takes") {
    for (const char* name : {
             "",        " ",           "nginx latest", "nginx\n",
             "-nginx",  "nginx-",      "nginx/",       "/nginx",
             "a//b",    "a___b",       "a..b",         "a.-b",
             "Nginx",   "team/App",    "nginx:",       "nginx:.1",
             "nginx:ä", "nginx@",      "nginx@sha256", "nginx@sha256:xyz",
             "@web",    "-.example/a", "a.b:c/d",      "http://example.com/a",
             "größe",
         }) {
        INFO(name);
        CHECK(fault_of_image_name(name));
    }
    CHECK(fault_of_image_name("a:" + std::string(129, 't')));
    CHECK_FALSE(fault_of_image_name("a:" + std::string(128, 't')));
    CHECK(fault_of_image_name(std::string(256, 'a')));
    CHECK_FALSE(fault_of_image_name(std::string(255, 'a')));
}

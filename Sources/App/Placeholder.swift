import ArgumentParser
import AsyncHTTPClient
import Collections
import Configuration
import Hummingbird
import TOMLKit
import Yams
